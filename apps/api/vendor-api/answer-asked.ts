import type { AskFailure, AskResult, Instant } from '#domain';
import type {
  AskedRequest,
  Facade,
  FacadeReading,
  FacadeReply,
  FacadeRoute,
  FacadeSettings,
  FoundRoute,
} from '#dialects';
import { logFailure, sourceKey, type Clock, type Log } from '#platform';
import type { CarryOutAsks } from './carry-out/index.js';
import type { Asker } from './carry-out/asking.js';
import type { CredentialBook } from './credential-book.js';
import { judgeUse, RIGHT_FOR } from './judge-use.js';
import type { VendorLimits } from './vendor-limits.js';

export interface AnswerAskedParts {
  book: Pick<CredentialBook, 'find'>;
  limits: Pick<VendorLimits, 'takeRequest' | 'guessWait' | 'noteGuess'>;
  asks: Pick<CarryOutAsks, 'carryOut'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

/** The answer, and which pages may read it. */
export interface VendorAnswer extends FacadeReply {
  origin: string | null;
}

interface Judged {
  result: AskResult;
  reading: FacadeReading;
  asker: Asker | null;
}

const NOBODY: AskFailure = { code: 'unauthorised', reason: 'Authorization failed.' };

/** Answers software that was written for a vendor's request API: in the vendor's own words, whatever becomes of it. */
export class AnswerAsked {
  constructor(private readonly parts: AnswerAskedParts) {}

  /** Never rejects. @param address  where it comes from */
  async answer(
    request: AskedRequest,
    { facade, route }: FoundRoute,
    address: string | null,
  ): Promise<VendorAnswer> {
    const { origin } = request.headers;
    const from = { address, askedAt: this.parts.clock.now() };
    const { result, reading, asker } = await this.judged(request, { facade, route }, from);
    const reply = this.written(facade, { result, reading, asker });
    const isShown = origin !== undefined && asker?.credential.origins.includes(origin) === true;
    return { ...reply, origin: isShown ? origin : null };
  }

  /** A call that our own code cannot write must not leave the client without an answer. */
  private written(facade: Facade, { result, reading, asker }: Judged): FacadeReply {
    const settings = asker && settingsOf(asker);
    try {
      return facade.write(result, reading, settings);
    } catch (error) {
      logFailure(this.parts.log, 'vendor_api.unwritten', error, {
        facade: facade.name,
        route: reading.route,
      });
      return facade.write({ ok: false, failure: { code: 'unavailable' } }, reading, settings);
    }
  }

  private async judged(
    request: AskedRequest,
    { facade, route }: FoundRoute,
    { address, askedAt }: { address: string | null; askedAt: Instant },
  ): Promise<Judged> {
    const first = facade.read(request, route.name, null);
    let asker: Asker | null = null;
    try {
      const who = await this.whoAsks(facade, first, address);
      if ('code' in who) return { result: { ok: false, failure: who }, reading: first, asker: null };
      asker = { ...who, askedAt };
      const failure = await this.mayNot(asker, request, route, address);
      if (failure) return { result: { ok: false, failure }, reading: first, asker };
      const reading = facade.read(request, route.name, settingsOf(asker));
      if (!reading.ask.ok) return { result: reading.ask, reading, asker };
      const { ask } = reading.ask;
      const right = RIGHT_FOR[ask.kind];
      if (right !== null && !asker.credential.rights.includes(right)) {
        const reason = `This credential has not the right "${right}".`;
        return { result: { ok: false, failure: { code: 'unauthorised', reason } }, reading, asker };
      }
      return { result: await this.parts.asks.carryOut(ask, asker), reading, asker };
    } catch (error) {
      // No URL: it has the secrets in it.
      logFailure(this.parts.log, 'vendor_api.failed', error, { facade: facade.name, route: route.name });
      return { result: { ok: false, failure: { code: 'unavailable' } }, reading: first, asker };
    }
  }

  private async whoAsks(
    facade: Facade,
    { presented }: FacadeReading,
    address: string | null,
  ): Promise<Asker | AskFailure> {
    const source = sourceKey(address);
    const found = await this.parts.book.find(facade.name, presented);
    // Whoever has a credential is let in from an address that others guess from.
    if (found?.connection.enabled) return found;
    const wait = await this.parts.limits.guessWait(source);
    if (wait > 0) return { code: 'rate', retryAfterSeconds: wait };
    if (presented.kind !== 'none') await this.parts.limits.noteGuess(source);
    return NOBODY;
  }

  private async mayNot(
    { credential }: Asker,
    { headers }: AskedRequest,
    { changes }: FacadeRoute,
    address: string | null,
  ): Promise<AskFailure | null> {
    const { origin } = headers;
    const use = { address, origin, fetchSite: headers['sec-fetch-site'], changes };
    const failure = judgeUse(credential, use);
    if (failure) return failure;
    const wait = await this.parts.limits.takeRequest(credential.id, credential.perMinute);
    return wait === 0 ? null : { code: 'rate', retryAfterSeconds: wait };
  }
}

function settingsOf({ credential, connection }: Asker): FacadeSettings {
  const { timeZone, country, epochs } = connection;
  const { settings } = credential;
  return {
    timeZone,
    country,
    epochs: settings.epochs ?? epochs,
    ...(settings.callLogKeys && { callLogKeys: settings.callLogKeys }),
  };
}
