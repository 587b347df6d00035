import { describe, expect, it } from '@jest/globals';
import { BenchOfCrm, callForCrm } from '../conformance/bench-of-crm.fixture.js';
import type { CrmIo, CrmRequest } from '../talk/crm-io.js';
import { activityId } from './activity-id.js';
import { dynamics, FakeDynamics } from './dynamics.fixture.js';

const CALL = '019a9e5c-7a00-7000-8000-000000000000';
const OWNER = '00000000-0000-4000-8000-00000000aaaa';

function bench(logging: Record<string, unknown> = {}) {
  const at = new BenchOfCrm(dynamics, logging);
  if (!(at.fake instanceof FakeDynamics)) throw new Error('It has another stand-in.');
  return { at, tables: at.fake.tables };
}

/** Answers one after another, whatever is asked. */
function scripted(answers: unknown[]): { io: CrmIo; asked: CrmRequest[] } {
  const asked: CrmRequest[] = [];
  const ask = (request: CrmRequest) => {
    const json = answers[asked.length];
    asked.push(request);
    return Promise.resolve({ status: 200, headers: {}, body: '', json });
  };
  const { at } = bench();
  return { io: { country: 'IL', now: () => at.now, ask }, asked };
}

describe('dynamics', () => {
  it('gives a call the id that is ours, and says that it is done last', async () => {
    const { at, tables } = bench();
    await at.tell(callForCrm());
    expect(tables['phonecalls']).toMatchObject([
      { activityid: CALL, directioncode: false, actualdurationminutes: 1, statecode: 1, statuscode: 4 },
    ]);
    expect(at.asked.filter(({ method }) => method === 'PATCH').at(-1)?.json).toEqual({
      statecode: 1,
      statuscode: 4,
    });
  });

  it('says that a call is done although the try before ended before that', async () => {
    const { at, tables } = bench();
    let patches = 0;
    at.mishap = ({ method }) => (method === 'PATCH' && ++patches === 2 ? { status: 503 } : undefined);
    await at.tellUntilDone(callForCrm());
    expect(tables['phonecalls']).toMatchObject([{ activityid: CALL, statecode: 1 }]);
  });

  it('names who called whom, and whose call it is', async () => {
    const { at, tables } = bench({ owners: { '7': OWNER } });
    const id = at.fake.addContact({ name: 'Noa', phones: ['+972 54-555-12 34'] });
    await at.tell(callForCrm());
    expect(tables['phonecalls']?.[0]).toMatchObject({
      'ownerid@odata.bind': `/systemusers(${OWNER})`,
      phonecall_activity_parties: [
        { 'partyid_contact@odata.bind': `/contacts(${id})`, participationtypemask: 1 },
        { 'partyid_systemuser@odata.bind': `/systemusers(${OWNER})`, participationtypemask: 2 },
      ],
    });
    expect(at.fake.complaints).toEqual([]);
  });

  it('finds open leads and accounts too, with the page where people see them', async () => {
    const { at, tables } = bench();
    const id = '00000000-0000-4000-8000-00000000bbbb';
    tables['leads']?.push({ id, leadid: id, fullname: 'Lead', telephone2: '(054) 555 1234' });
    const found = await at.crm.findContacts('+972545551234', at.io);
    expect(found).toMatchObject([{ type: 'lead', id, phones: ['(054) 555 1234'] }]);
    expect(found[0]?.url).toBe(
      `https://org.crm.dynamics.example/main.aspx?pagetype=entityrecord&etn=lead&id=${id}`,
    );
  });

  it('reads the next pages of its own list, five at the most, and no other address', async () => {
    const own = 'https://org.crm.dynamics.example/api/data/v9.2/contacts?$skiptoken=2';
    const endless = scripted(Array.from({ length: 40 }, () => ({ value: [], '@odata.nextLink': own })));
    await bench().at.crm.findContacts('+972545551234', endless.io);
    expect(endless.asked.filter(({ path }) => path.includes('/contacts'))).toHaveLength(5);
    expect(endless.asked[1]?.path).toBe('/api/data/v9.2/contacts?$skiptoken=2');
    const foreign = scripted([{ value: [], '@odata.nextLink': 'https://evil.example/x' }, {}, {}]);
    await bench().at.crm.findContacts('+972545551234', foreign.io);
    expect(foreign.asked).toHaveLength(3);
  });

  it('keeps within the two thousand characters of the CRM what an agent added', async () => {
    const { at, tables } = bench({ body: 'x'.repeat(3_000) });
    await at.tell(callForCrm());
    const [log] = at.fake.logs();
    at.fake.editLog(log?.id ?? '', 'Call again on Monday.');
    const recordings = [{ url: 'https://hook.example/r/1', vendorUrl: null }];
    await at.tell(callForCrm({ recordings, talkSeconds: 61 }), { type: 'call.updated', sequence: 3 });
    expect(String(tables['phonecalls']?.[0]?.['description'])).toContain('Call again on Monday.');
    expect(at.fake.complaints).toEqual([]);
  });

  it('takes a misspelled address for that, and not for a record that is gone', () => {
    const judge = bench().at.crm.judge;
    const request = { method: 'GET', path: '/' } as const;
    const reply = (code: string) => ({
      status: 404,
      headers: {},
      body: '',
      json: { error: { code, message: 'm' } },
    });
    expect(judge?.(reply('0x80060888'), request)).toMatchObject({ kind: 'refused' });
    expect(judge?.(reply('0x80040217'), request)).toMatchObject({ kind: 'gone' });
  });

  it('does without leads where the environment has none, and not without contacts', async () => {
    const missing = { error: { code: '0x80060888', message: 'Resource not found for the segment' } };
    for (const [set, logs] of [
      ['leads', 1],
      ['contacts', 0],
    ] as const) {
      const { at } = bench();
      at.mishap = ({ path }) => (path.endsWith(`/${set}`) ? { status: 404, body: missing } : undefined);
      const fault = await at.tell(callForCrm()).catch((error: unknown) => error);
      expect([set, at.fake.logs().length]).toEqual([set, logs]);
      if (set === 'contacts') expect(fault).toMatchObject({ kind: 'refused' });
    }
  });

  it('tells which tables its user may not read', async () => {
    const { at } = bench();
    at.mishap = ({ path }) =>
      path.endsWith('/leads')
        ? { status: 403, body: { error: { code: '0x80040220', message: 'no privilege' } } }
        : path.includes('systemusers')
          ? { status: 200, body: { fullname: 'Dana Levi' } }
          : undefined;
    await expect(at.crm.probe(at.io)).resolves.toEqual({
      account: 'Dana Levi',
      lacks: ['The user may not read leads.'],
    });
  });

  it('makes the task once when its answer was lost, for it looks first', async () => {
    const { at } = bench({ taskOnMissed: true });
    const missed = callForCrm({ result: 'missed', talkSeconds: null, answeredAt: null, agent: null });
    await at.tell(missed);
    let lost = false;
    at.mishap = ({ path, makes }) =>
      makes === true && path.endsWith('/tasks') && !lost && (lost = true) ? 'lost answer' : undefined;
    await at.tellUntilDone(missed, { type: 'call.missed', sequence: 3 });
    await at.tell(missed, { type: 'call.missed', sequence: 4 });
    expect(lost).toBe(true);
    expect(at.fake.tasks?.()).toHaveLength(1);
    expect(at.fake.complaints).toEqual([]);
  });

  it('makes an id of what is none, always the same', () => {
    expect(activityId('a')).toBe(activityId('a'));
    expect(activityId('a')).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
    expect(activityId('a')).not.toBe(activityId('b'));
  });
});
