import {
  DEFAULT_POLICY,
  id,
  type ContactSourceId,
  type FoundCandidates,
  type MatchPolicy,
  type SourceStanding,
} from '#domain';
import type { HotSource } from '#db';
import type { PopupQuestionJob } from '#queues';
import { AnswerQuestion } from './answer-question.js';
import type { Asked } from './ask-source.js';

const JOB = {
  ...{ id: 'q', tenantId: 't', e164: '+972502345678', country: 'IL' },
  ...{ callId: null, did: null, extension: null },
};
const hot = (name: string): HotSource => ({
  ...{ id: id<ContactSourceId>(name), kind: 'http', version: 1, url: '', timeoutMs: 1 },
  ...{ sealedHeaders: null, sealedSecret: null, openUntil: null, endpoint: null },
});
const missing = (name: string): SourceStanding => ({
  id: name,
  said: 'missing',
  contacts: 0,
  isResting: false,
});

/** What is done in its order: names of sources that are asked, and when the one who waits is told. */
async function answer(
  standings: SourceStanding[],
  says: Record<string, Asked>,
  policy: Partial<MatchPolicy> = {},
  job: Partial<PopupQuestionJob> = {},
) {
  const done: string[] = [];
  const found: FoundCandidates = { own: null, total: 0, candidates: [], sources: standings };
  const sources = standings.map(({ id: name }) => hot(name));
  const answering = new AnswerQuestion({
    directory: { of: () => Promise.resolve({ policy: { ...DEFAULT_POLICY, ...policy }, sources }) },
    contacts: { find: () => Promise.resolve(found) },
    sources: {
      ask: async (_tenant, source) => {
        done.push(source.id);
        await new Promise(setImmediate);
        return says[source.id] ?? { ok: false };
      },
    },
    tellCall: ({ vendorCallId }) => Promise.resolve(void done.push(`call ${vendorCallId}`)),
  });
  await answering.answer({ ...JOB, ...job }, () => void done.push('told'));
  return done;
}

const HAS = { ok: true, contacts: 1 } as const;
const NOBODY = { ok: true, contacts: 0 } as const;

describe('a question to the tenant’s sources', () => {
  it('is answered when all have answered that are asked side by side', async () => {
    expect(await answer([missing('a'), missing('b')], { a: HAS, b: NOBODY })).toEqual(['a', 'b', 'told']);
  });

  it('goes from one to the next in order, past those that fail, until one has a contact', async () => {
    const three = [missing('a'), missing('b'), missing('c'), missing('d')];
    const order = { ask: 'in_order', sources: ['d', 'c', 'b', 'a'] } as const;
    expect(await answer(three, { c: NOBODY, b: HAS, a: HAS }, order)).toEqual(['d', 'c', 'b', 'told']);
  });

  it('is answered before what is old is asked again', async () => {
    const stale = { ...missing('a'), said: 'stale', contacts: 1 } as const;
    expect(await answer([stale], { a: HAS })).toEqual(['told', 'a']);
  });

  it('is answered at once where somebody has asked since', async () => {
    expect(await answer([{ ...missing('a'), said: 'fresh', contacts: 1 }], {})).toEqual(['told']);
  });

  describe('for a call', () => {
    const call = { connectionId: 'k', callId: 'v-1' };

    it('has it looked at again when a source has the number', async () => {
      expect(await answer([missing('a')], { a: HAS }, {}, call)).toEqual(['a', 'told', 'call v-1']);
    });

    it('also where somebody else has asked since', async () => {
      const fresh = { ...missing('a'), said: 'fresh', contacts: 1 } as const;
      expect(await answer([fresh], {}, {}, call)).toEqual(['told', 'call v-1']);
    });

    it('leaves it alone when nobody has the number', async () => {
      expect(await answer([missing('a')], { a: NOBODY }, {}, call)).toEqual(['a', 'told']);
    });
  });
});
