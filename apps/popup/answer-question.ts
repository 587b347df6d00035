import {
  DIRECTORY,
  id,
  sourcesToAsk,
  type MatchPolicy,
  type SourceStanding,
  type ConnectionId,
  type TenantId,
} from '#domain';
import type { ContactLookup, HotSource, SourceDirectory } from '#db';
import type { PopupQuestionJob } from '#queues';
import type { Asked, AskSource } from './ask-source.js';
import type { CallToTell } from './tell-call.js';

export interface AnswerQuestionParts {
  directory: Pick<SourceDirectory, 'of'>;
  contacts: Pick<ContactLookup, 'find'>;
  sources: Pick<AskSource, 'ask'>;
  /** Has a call looked at again: a source has its number. */
  tellCall: (call: CallToTell) => Promise<void>;
}

/** One question on its way. */
interface Answering {
  job: PopupQuestionJob;
  tenantId: TenantId;
  policy: MatchPolicy;
  sources: ReadonlyMap<string, HotSource>;
}

/**
 * Asks a tenant's sources who has a number, in the tenant's order or all at once, as far as it is not known: whoever asked may have
 * looked a moment ago, and somebody else has asked since. What they say is kept where everybody looks.
 */
export class AnswerQuestion {
  constructor(private readonly parts: AnswerQuestionParts) {}

  /**
   * @param told  called when whoever waits need not wait any longer; what is only asked again comes after it
   * @throws AppError `database.unavailable`
   */
  async answer(job: PopupQuestionJob, told: () => void): Promise<void> {
    const tenantId = id<TenantId>(job.tenantId);
    const known = await this.parts.directory.of(tenantId);
    if (!known || known.sources.length === 0) return;
    const { policy } = known;
    const sources = new Map<string, HotSource>(known.sources.map((source) => [source.id, source]));
    const answering = { job, tenantId, policy, sources };
    const { behind, has } = await this.askAll(answering);
    told();
    if (has) await this.tellCall(answering);
    const again = await Promise.all(behind.map((source) => this.ask(source, answering)));
    if (!has && again.some((asked) => asked.ok && asked.contacts > 0)) await this.tellCall(answering);
  }

  private async tellCall({ job, tenantId }: Answering): Promise<void> {
    const { connectionId, callId } = job;
    if (connectionId === undefined || callId === null) return;
    await this.parts.tellCall({
      tenantId,
      connectionId: id<ConnectionId>(connectionId),
      vendorCallId: callId,
    });
  }

  /** @returns those that are asked again with nobody waiting, and whether any has the number as far as is known */
  private async askAll(answering: Answering): Promise<{ behind: string[]; has: boolean }> {
    const { job, tenantId, policy } = answering;
    const oldestFirst = policy.choose === 'created_first';
    const found = await this.parts.contacts.find({ tenantId, e164: job.e164, oldestFirst });
    const directory = found.candidates.filter(({ source }) => source === DIRECTORY).length;
    let standings = found.sources ?? [];
    for (;;) {
      const { now, behind } = sourcesToAsk({ own: found.own, directory, sources: standings }, policy);
      if (now.length === 0) {
        return { behind: [...behind], has: standings.some(({ contacts }) => contacts > 0) };
      }
      const asked = new Map(
        await Promise.all(now.map(async (source) => [source, await this.ask(source, answering)] as const)),
      );
      standings = standings.map((standing) => afterAsking(standing, asked.get(standing.id)));
    }
  }

  private ask(sourceId: string, { job, tenantId, sources }: Answering): Promise<Asked> {
    const source = sources.get(sourceId);
    // It was made, or switched on, a moment ago.
    if (!source) return Promise.resolve({ ok: false });
    return this.parts.sources.ask(tenantId, source, job);
  }
}

function afterAsking(standing: SourceStanding, asked: Asked | undefined): SourceStanding {
  if (asked === undefined) return standing;
  return asked.ok
    ? { ...standing, said: 'fresh', contacts: asked.contacts }
    : { ...standing, said: 'failed', contacts: 0 };
}
