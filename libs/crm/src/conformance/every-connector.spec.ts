/** What holds for each connector, whatever its CRM is like; each case is the connector with a strict stand-in of its API. */
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CONNECTORS } from '../registry.js';
import { CrmFault, type CrmRequest } from '../talk/crm-io.js';
import { BenchOfCrm, callForCrm, type CallTraits, type Mishap } from './bench-of-crm.fixture.js';
import { CASES } from './cases.fixture.js';
import type { FakeAnswer } from './fake-crm.fixture.js';

const E164 = '+972545551234';
const RECORDING = { url: 'https://hook.example/r/1', vendorUrl: null };
const CREATES = { createContacts: 'missed_too' };

it('has a case for every connector', () => {
  expect([...new Set(CASES.map(({ connector }) => connector.name))].toSorted()).toEqual(
    CONNECTORS.map(({ name }) => name).toSorted(),
  );
});

const named = CASES.map((of) => [[of.connector.name, of.variant].join(' ').trim(), of] as const);

describe.each(named)('%s', (_name, of) => {
  const bench = (logging: Record<string, unknown> = {}) => new BenchOfCrm(of, logging);
  const patient = (at: BenchOfCrm) => at.fake.addContact({ name: 'Noa Cohen', phones: ['054-555-1234'] });
  const told = (traits: CallTraits = {}) => callForCrm(traits);

  it('says who it is, and stores settings that it reads again', () => {
    const { settings } = bench().crm;
    const again = of.connector.prepare(settings);
    expect(again.ok && again.crm.settings).toEqual(settings);
    expect(of.connector.prepare({ nonsense: 1 }).ok).toBe(false);
  });

  it('finds a contact by its number, however it is written there, and logs the call on it once', async () => {
    const at = bench();
    at.fake.addContact({ name: 'Somebody Else', phones: ['054-555-1235'] });
    const id = patient(at);
    const logged = await at.tell(told());
    expect(logged).toMatchObject({ kind: 'done' });
    const [log, ...others] = at.fake.logs();
    expect(others).toEqual([]);
    expect(log).toMatchObject({ contactId: id });
    expect(log?.text).toContain('[sw:019a9e5c-7a00-7000-8000-000000000000]');
    expect([null, 'inbound']).toContain(log?.direction);
    expect([null, 60]).toContain(log?.seconds);
    expect(at.fake.complaints).toEqual([]);
  });

  it('logs an outgoing, a missed and a Hebrew one in the words of its API', async () => {
    const at = bench({ language: 'he' });
    patient(at);
    const from = told().to;
    await at.tell(told({ id: 'a', direction: 'outbound', from, to: told().from }));
    await at.tell(told({ id: 'b', result: 'missed', talkSeconds: null, answeredAt: null, agent: null }));
    await at.tell(told({ id: 'c', result: 'busy', talkSeconds: 0, direction: 'outbound', to: told().from }));
    expect(at.fake.complaints).toEqual([]);
    expect(at.fake.logs().map(({ text }) => /\[sw:(.)]/.exec(text)?.[1])).toEqual(['a', 'b', 'c']);
    expect(at.fake.logs()[0]?.text).toContain('שיחה יוצאת');
  });

  it('does not take whoever has a similar number for the caller', async () => {
    const at = bench();
    at.fake.addContact({ name: 'Foreigner', phones: ['+44 54 555 1234', '+1 545 551 234'] });
    at.fake.addContact({ name: 'Extension', phones: ['1234'] });
    await at.tell(told());
    expect(at.fake.logs().map(({ contactId }) => contactId)).toEqual([null]);
  });

  it('makes the contact where the policy says so, and remembers it while the search lags', async () => {
    const at = bench(CREATES);
    if (at.crm.createContact === undefined) return;
    at.fake.lag?.();
    await at.tell(told({ id: 'a' }));
    await at.tell(told({ id: 'b' }));
    const [made, ...others] = at.fake.contacts();
    expect(others).toEqual([]);
    expect(made?.phones.join(' ').replaceAll(/\D/g, '')).toContain('545551234');
    expect(at.fake.logs().map(({ contactId }) => contactId)).toEqual([made?.id, made?.id]);
    expect(at.fake.complaints).toEqual([]);
  });

  it('brings the record up to date when the recording comes, and not when nothing changed', async () => {
    const at = bench({ mode: 'incremental' });
    patient(at);
    await at.tell(told());
    const before = at.asked.length;
    await at.tell(told(), { type: 'call.updated', sequence: 3 });
    expect(at.asked).toHaveLength(before);
    await at.tell(told({ recordings: [RECORDING] }), { type: 'call.updated', sequence: 4 });
    const logs = at.fake.logs();
    expect(at.fake.complaints).toEqual([]);
    if (of.connector.update === 'none') return;
    expect(logs.map(({ text, recordingUrl }) => `${text} ${recordingUrl ?? ''}`).join(' ')).toContain(
      RECORDING.url,
    );
    if (of.connector.update === 'patch') expect(logs).toHaveLength(1);
  });

  it('puts a call of nobody on whoever has its number by the time of later news, where it can', async () => {
    const at = bench({ mode: 'incremental' });
    await at.tell(told());
    const id = patient(at);
    const late = await at.tell(told({ recordings: [RECORDING] }), { type: 'call.updated', sequence: 3 });
    const canMove = at.crm.linkLog !== undefined;
    expect(at.fake.logs()[0]?.contactId).toBe(canMove ? id : null);
    if (canMove) expect(late).toMatchObject({ words: expect.stringContaining('who has the number by now') });
    expect(at.fake.complaints).toEqual([]);
  });

  it('leaves alone what an agent wrote', async () => {
    const at = bench({ mode: 'incremental' });
    patient(at);
    await at.tell(told());
    const [log] = at.fake.logs();
    if (log === undefined || of.connector.update === 'none') return;
    at.fake.editLog(log.id, 'She wants the blue one.');
    await at.tell(told({ recordings: [RECORDING] }), { type: 'call.updated', sequence: 3 });
    expect(
      at.fake
        .logs()
        .map(({ text }) => text)
        .join(' '),
    ).toContain('She wants the blue one.');
  });

  it('makes one record although the answer was lost after it was written', async () => {
    const at = bench(CREATES);
    patient(at);
    const lost = new Set<string>();
    at.mishap = (request) => {
      const key = `${request.method} ${request.path}`;
      if (request.makes !== true || lost.has(key)) return undefined;
      lost.add(key);
      return 'lost answer';
    };
    await at.tellUntilDone(told());
    expect(lost.size).toBeGreaterThan(0);
    expect(at.fake.logs()).toHaveLength(1);
    expect(at.fake.contacts()).toHaveLength(1);
  });

  it('makes one contact although the answer was lost after it was made', async () => {
    const at = bench(CREATES);
    if (at.crm.createContact === undefined) return;
    at.fake.lag?.();
    let lost = 0;
    at.mishap = (request) => (request.makes === true && (lost += 1) === 1 ? 'lost answer' : undefined);
    await at.tell(told()).catch(() => undefined);
    at.now = (at.now + of.connector.lagSeconds * 1000 + 1) as typeof at.now;
    at.fake.catchUp?.();
    await at.tellUntilDone(told());
    expect(at.fake.contacts()).toHaveLength(1);
    expect(at.fake.logs()).toHaveLength(1);
  });

  it('says what each answer means', async () => {
    const { slowDown, unauthorised } = bench().fake;
    const answers: [FakeAnswer | 'no connection', string][] = [
      [slowDown, 'throttled'],
      [unauthorised, 'unauthorised'],
      [{ status: 502, body: '<html>Bad gateway</html>' }, 'unreachable'],
      ['no connection', 'unreachable'],
    ];
    for (const [answer, kind] of answers) {
      const at = bench();
      at.mishap = () => answer;
      const fault = await at.tell(told()).then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(fault).toBeInstanceOf(CrmFault);
      expect((fault as CrmFault).kind).toBe(kind);
      expect(at.fake.logs()).toEqual([]);
    }
  });

  it('looks again when the contact that it remembers is gone', async () => {
    const at = bench();
    const id = patient(at);
    await at.tell(told({ id: 'a' }));
    at.fake.removeContact(id);
    const other = at.fake.addContact({ name: 'Noa Levi', phones: [E164] });
    await at.tellUntilDone(told({ id: 'b' }));
    const last = at.fake.logs().at(-1);
    expect(last?.text).toContain('[sw:b]');
    // A CRM that takes records of contacts that are gone says nothing that we could heed.
    expect([other, id]).toContain(last?.contactId);
  });

  it('throws nothing but a fault, whatever it is answered', async () => {
    const answer = fc.record({
      status: fc.constantFrom(200, 201, 204, 207, 302, 400, 401, 404, 409, 422, 500),
      body: fc.oneof(fc.jsonValue(), fc.string(), fc.constant('{"data":[{}]}'), fc.constant('[null]')),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 6 }), async (answers) => {
        const at = bench(CREATES);
        let next = 0;
        at.mishap = (_request: CrmRequest): Mishap => answers[next++ % answers.length];
        await at.tell(told()).catch((error: unknown) => {
          expect(error).toBeInstanceOf(CrmFault);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('has one record where it was made, although the answer was lost and the caller became known', async () => {
    const at = bench();
    at.searchBehind();
    await at.loseLog(told());
    patient(at);
    await at.tellUntilDone(told(), { everyMs: 5_000 });
    expect(at.fake.logs().map(({ contactId }) => contactId)).toEqual([null]);
    expect(at.kept.logs.get(told().id)).toMatchObject({ state: 'written', contact: null });
    expect(at.fake.complaints).toEqual([]);
  });

  it('makes one record and one contact although answers were lost late, and its search is behind', async () => {
    for (const everyMs of [5_000, 20_000]) {
      const at = bench(CREATES);
      at.searchBehind();
      const asked = new Map<string, number>();
      // The first time it is ill, the second time it does it and is not heard.
      at.mishap = ({ method, path, makes }) => {
        const key = `${method} ${path}`;
        const times = (asked.get(key) ?? 0) + 1;
        if (makes === true) asked.set(key, times);
        if (makes !== true || times > 2) return undefined;
        return times === 1 ? { status: 502 } : 'lost answer';
      };
      await at.tellUntilDone(told(), { everyMs });
      expect(at.fake.logs()).toHaveLength(1);
      expect(at.fake.contacts()).toHaveLength(at.crm.createContact === undefined ? 0 : 1);
    }
  });

  it('makes exactly one record of each call, whatever goes wrong on the way', async () => {
    const mishap = fc.constantFrom<Mishap>(undefined, undefined, 'lost answer', 'no connection', {
      status: 503,
    });
    const everyMs = fc.constantFrom(5_000, 25_000, 60_000);
    await fc.assert(
      fc.asyncProperty(fc.array(mishap, { maxLength: 8 }), everyMs, async (mishaps, every) => {
        const at = bench(CREATES);
        at.searchBehind();
        let next = 0;
        at.mishap = () => mishaps[next++];
        await at.tellUntilDone(told(), { everyMs: every });
        expect(at.fake.logs()).toHaveLength(1);
        expect(at.fake.contacts().length).toBeLessThanOrEqual(1);
        expect(at.fake.complaints).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
