import {
  DEFAULT_POLICY,
  id,
  instant,
  type ConnectionId,
  type FoundCandidates,
  type PopupQuestion,
  type TenantId,
} from '#domain';
import { Metrics } from '#platform';
import { answerPopup, type AnswerPopupParts } from './answer-popup.js';
import type { Asker, Webhook } from './take-webhook.js';

const JOHN = {
  ...{ id: 'c1', source: 'directory', externalId: null, name: 'John', company: 'Acme', url: null },
  ...{ createdAt: 1, updatedAt: 1, numbers: ['+972502345678'] },
};
const FOUND: FoundCandidates = { own: null, total: 1, candidates: [JOHN] };
const NOBODY: FoundCandidates = { own: null, total: 0, candidates: [] };
const NEW_CONTACT = 'https://crm.example/new?phone={phone}';

const asker: Asker = {
  connection: {
    tenantId: id<TenantId>('t'),
    connectionId: id<ConnectionId>('k'),
    dialect: 'voicenter',
    settings: { newContactUrl: NEW_CONTACT },
    timeZone: 'Asia/Jerusalem',
    country: 'IL',
    enabled: true,
    matchPolicy: DEFAULT_POLICY,
    limits: null,
  },
  webhook: {} as Webhook,
};

const asked = (number: string): PopupQuestion => ({
  kind: 'popup',
  number,
  vendorCallId: 'v-1',
  extension: '101',
  did: null,
  customData: {},
});

/** The answerer with a directory that does as told, a deadline that passes when told, and what it wrote down. */
function rig(
  find: AnswerPopupParts['contacts']['find'],
  recall: AnswerPopupParts['contexts']['recall'] = () => Promise.reject(new Error('nobody asked')),
  ask: AnswerPopupParts['asker']['ask'] = () => Promise.reject(new Error('asked of sources')),
) {
  const warned: unknown[] = [];
  const timers: { ms: number; calledOff: boolean; pass: () => void }[] = [];
  const metrics = new Metrics('test');
  const answer = answerPopup({
    contacts: { find },
    asker: { ask },
    contexts: { recall },
    clock: { now: () => instant(0) },
    metrics,
    log: { warn: (fields: unknown, event?: string) => warned.push({ ...(fields as object), event }) },
    timer: (ms) => {
      let pass: () => void = () => undefined;
      const over = new Promise<void>((resolve) => (pass = resolve));
      const timer = { ms, calledOff: false, pass };
      timers.push(timer);
      return { over, callOff: () => (timer.calledOff = true) };
    },
  });
  const outcomes = async () => {
    const { values } = await metrics.popupSeconds.get();
    return values
      .filter(({ metricName }) => metricName?.endsWith('_count'))
      .map(({ labels }) => labels.outcome);
  };
  return { answer, warned, timers, outcomes };
}

const UNKNOWN = { kind: 'popup', total: 0, contact: null, url: 'https://crm.example/new?phone=0502345678' };

describe('who is calling', () => {
  it('is whom the tenant’s directory has by the number, as the connection’s country writes it', async () => {
    const keys: unknown[] = [];
    const { answer, timers, outcomes, warned } = rig((key) => {
      keys.push(key);
      return Promise.resolve(FOUND);
    });
    expect(await answer(asked('0502345678'), asker)).toMatchObject({
      total: 1,
      contact: { name: 'John', company: 'Acme' },
    });
    expect(keys).toEqual([
      { tenantId: 't', e164: '+972502345678', unlessExtension: false, oldestFirst: false },
    ]);
    expect(timers).toMatchObject([{ ms: 1500, calledOff: true }]);
    expect([await outcomes(), warned]).toEqual([['known'], []]);
  });

  it('is unknown when nobody has the number, with the form for a new contact', async () => {
    const { answer, outcomes } = rig(() => Promise.resolve(NOBODY));
    expect(await answer(asked('0502345678'), asker)).toEqual(UNKNOWN);
    expect(await outcomes()).toEqual(['unknown']);
  });

  it.each(['101', '10234', 'SIPSIP', 'Anonymous', ''])('%j is asked of nobody', async (number) => {
    const { answer, timers } = rig(() => Promise.reject(new Error('asked')));
    expect(await answer(asked(number), asker)).toMatchObject({ total: 0, contact: null });
    expect(timers).toEqual([]);
  });

  it('is unknown when the directory does not answer in time, whatever it does later', async () => {
    let late: (error: Error) => void = () => undefined;
    const { answer, timers, warned, outcomes } = rig(
      () => new Promise((_resolve, reject) => (late = reject)),
    );
    const answering = answer(asked('0502345678'), asker);
    timers[0]?.pass();
    expect(await answering).toEqual(UNKNOWN);
    late(new Error('at last'));
    expect(await outcomes()).toEqual(['late']);
    expect(warned).toEqual([
      { outcome: 'late', tenantId: 't', connectionId: 'k', number: '…5678', event: 'popup.unanswered' },
    ]);
  });

  it('comes with what was remembered of the call, where a page shows it, and without it when that fails', async () => {
    const settings = { newContactUrl: 'https://crm.example/new?ticket={customData.ticket}' };
    const who: Asker = { ...asker, connection: { ...asker.connection, settings } };
    const nobody = () => Promise.resolve(NOBODY);
    const remembered = { at: instant(1), data: { ticket: '17' } };
    const known = rig(nobody, () => Promise.resolve(remembered));
    expect(await known.answer(asked('101'), who)).toMatchObject({ url: 'https://crm.example/new?ticket=17' });
    const failing = rig(nobody);
    expect(await failing.answer(asked('101'), who)).toMatchObject({ url: 'https://crm.example/new?ticket=' });
  });

  it('is unknown when the database is in trouble', async () => {
    const { answer, warned, outcomes } = rig(() => Promise.reject(new Error('away')));
    expect(await answer(asked('0502345678'), asker)).toEqual(UNKNOWN);
    expect([await outcomes(), warned]).toMatchObject([['failed'], [{ outcome: 'failed' }]]);
  });
});

const CRM = { id: 'crm', said: 'missing', contacts: 0, isResting: false } as const;
const ANN = { ...JOHN, id: 'x7', source: 'crm', externalId: 'x7', name: 'Ann' };
const NOT_ASKED: FoundCandidates = { ...NOBODY, sources: [CRM] };
const ANSWERED: FoundCandidates = {
  ...{ own: null, total: 1, candidates: [ANN] },
  sources: [{ ...CRM, said: 'fresh', contacts: 1 }],
};

/** Contacts as they are found one look after the other; the last one counts for all that follow. */
function looks(...found: FoundCandidates[]): AnswerPopupParts['contacts']['find'] {
  return () => Promise.resolve((found.length > 1 ? found.shift() : found[0]) ?? NOBODY);
}
const noContext = () => Promise.reject(new Error('nobody asked'));

describe('who is calling, where the directory does not know', () => {
  it('is asked of the tenant’s sources, and looked for again when they have answered', async () => {
    const questions: unknown[] = [];
    const { answer, timers } = rig(looks(NOT_ASKED, ANSWERED), noContext, (question) => {
      questions.push(question);
      return Promise.resolve('answered');
    });
    expect(await answer(asked('0502345678'), asker)).toMatchObject({ total: 1, contact: { name: 'Ann' } });
    const call = { callId: 'v-1', did: null, extension: '101' };
    expect(questions).toEqual([{ tenantId: 't', e164: '+972502345678', country: 'IL', ...call }]);
    expect(timers.every(({ calledOff }) => calledOff)).toBe(true);
  });

  it('is unknown when they do not answer in time, but for what a last look finds', async () => {
    for (const [last, contact] of [
      [NOT_ASKED, null],
      [ANSWERED, { name: 'Ann' }],
    ] as const) {
      const never = () => new Promise<never>(() => undefined);
      const { answer, timers, outcomes } = rig(looks(NOT_ASKED, last), noContext, never);
      const answering = answer(asked('0502345678'), asker);
      await new Promise(setImmediate);
      const [deadline, lastLook] = timers;
      expect(lastLook?.ms).toBeLessThan(deadline?.ms ?? 0);
      lastLook?.pass();
      expect((await answering) as object).toMatchObject({ contact });
      expect(await outcomes()).toEqual([contact === null ? 'unknown' : 'known']);
    }
  });

  it('is never waited for beyond the deadline, and what was found before it counts', async () => {
    const john = { ...FOUND, sources: [CRM] };
    const first = { ...asker.connection.matchPolicy, choose: 'by_source', sources: ['crm'] } as const;
    const who = { ...asker, connection: { ...asker.connection, matchPolicy: first } };
    const never = () => new Promise<never>(() => undefined);
    let look = 0;
    const find = () => ((look += 1) === 1 ? Promise.resolve(john) : never());
    const { answer, timers } = rig(find, noContext, never);
    const answering = answer(asked('0502345678'), who);
    await new Promise(setImmediate);
    for (const timer of timers) timer.pass();
    expect(await answering).toMatchObject({ total: 1, contact: { name: 'John' } });
  });

  it('is not waited for where something is known, and is asked again behind where that is old', async () => {
    const questions: unknown[] = [];
    const stale: FoundCandidates = { ...ANSWERED, sources: [{ ...CRM, said: 'stale', contacts: 1 }] };
    const { answer, timers } = rig(looks(stale), noContext, (question) => {
      questions.push(question);
      return new Promise(() => undefined);
    });
    expect(await answer(asked('0502345678'), asker)).toMatchObject({ contact: { name: 'Ann' } });
    expect([questions.length, timers.length]).toEqual([1, 1]);
  });

  it('is nobody’s business where the directory knows it, or the source is left alone', async () => {
    const resting = { ...NOBODY, sources: [{ ...CRM, isResting: true }] };
    for (const found of [{ ...FOUND, sources: [CRM] }, resting]) {
      const { answer, warned } = rig(looks(found));
      expect(await answer(asked('0502345678'), asker)).toMatchObject({ total: found.total });
      expect(warned).toEqual([]);
    }
  });
});
