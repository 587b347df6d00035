import { instant, type EndpointId, type Instant, type OAuthClient } from '#domain';
import type { AskTokenParts } from './ask-token-endpoint.js';
import { fetchToken, type FetchedToken } from './fetch-token.js';

/** Who needs a token, of what client. */
export interface TokenNeed {
  endpointId: EndpointId;
  client: OAuthClient;
  /** Changes whenever the client does: what is remembered under another one counts no more. */
  of: string;
  /** A token that the endpoint took no more: not this one again. */
  refused: string | null;
  timeoutMs: number;
  signal: AbortSignal;
}

type Settled = Exclude<FetchedToken, { kind: 'aborted' }>;

const REMEMBER = 10_000;
/** Wrong credentials are shown once in this time, not once for each delivery: servers lock clients out. */
const SPARED_MS = 10_000;
/** An endpoint's own time-out may be longer; a token endpoint has less to do. */
const LONGEST_FETCH_MS = 10_000;

/** Access tokens of endpoints, in this process' memory. Whoever needs one at the same time shares one fetch. */
export class AccessTokens {
  private readonly known = new Map<EndpointId, { of: string; answer: Settled; until: Instant }>();
  private readonly underWay = new Map<EndpointId, { of: string; answer: Promise<FetchedToken> }>();

  constructor(private readonly parts: AskTokenParts) {}

  /** Never rejects for anything that the token endpoint does. */
  async get(need: TokenNeed): Promise<FetchedToken> {
    const remembered = this.remembered(need);
    if (remembered) return remembered;
    const underWay = this.underWay.get(need.endpointId);
    const answer = await (underWay?.of === need.of ? underWay.answer : this.fetch(need));
    // It was another's signal that ended a fetch which was shared.
    return answer.kind === 'aborted' && !need.signal.aborted ? this.get(need) : answer;
  }

  private remembered({ endpointId, of, refused }: TokenNeed): Settled | undefined {
    const known = this.known.get(endpointId);
    const now = this.parts.clock.now();
    if (known?.of !== of || known.until <= now) return undefined;
    const { answer } = known;
    if (answer.kind === 'fetched') return answer.token === refused ? undefined : answer;
    return { ...answer, request: null, sent: { ...answer.sent, sentAt: now, durationMs: 0 }, at: now };
  }

  private fetch(need: TokenNeed): Promise<FetchedToken> {
    const { endpointId, of, client, signal } = need;
    const timeoutMs = Math.min(need.timeoutMs, LONGEST_FETCH_MS);
    const answer = fetchToken(client, { timeoutMs, signal }, this.parts)
      .then((fetched) => {
        this.remember(need, fetched);
        return fetched;
      })
      .finally(() => {
        if (this.underWay.get(endpointId)?.answer === answer) this.underWay.delete(endpointId);
      });
    this.underWay.set(endpointId, { of, answer });
    return answer;
  }

  private remember({ endpointId, of }: TokenNeed, answer: FetchedToken): void {
    this.known.delete(endpointId);
    if (answer.kind === 'aborted') return;
    // An endpoint that is away is spared by the breaker, which has to see each try.
    if (answer.kind === 'failed' && answer.outcome.class !== 'unauthorised') return;
    if (this.known.size >= REMEMBER) this.known.clear();
    const until = answer.kind === 'fetched' ? answer.until : instant(answer.at + SPARED_MS);
    this.known.set(endpointId, { of, answer, until });
  }
}
