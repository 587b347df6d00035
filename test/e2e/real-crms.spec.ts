/** Calls on their way into CRMs that somebody else wrote, as their makers ship them. */
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { callOfNobody } from '../builders/call-for-crm.js';
import { BOTTLECRM } from '../harness/bottlecrm.js';
import { CrmOffice } from '../harness/crm-office.js';
import { databaseForCrm, openRealCrm, realCrmScript, type RealCrm } from '../harness/real-crm.js';
import { trytonKey } from '../harness/tryton-key.js';

// Each is installed from its package registry first.
jest.setTimeout(600_000);

const RECORDING = { url: 'https://hook.example/r/1', vendorUrl: null };
const LOGGING = { createContacts: 'answered', contactName: 'Caller {{ from.e164 }}', mode: 'incremental' };

/** A CRM and how a test looks into it. */
interface Desk {
  office: CrmOffice;
  /** People with the number +972545551234, and the texts of all calls that stand with them. */
  people(): Promise<{ id: string; calls: { text: string; seconds: number | null }[] }[]>;
  close(): Promise<void>;
}

describe.each([
  ['Tryton', realCrmScript('tryton', 'python3'), openTryton],
  ['BottleCRM', realCrmScript('bottlecrm', process.env['PYTHON312'] ?? 'python3.12'), openBottleCrm],
] as const)('a real %s', (_name, script, open) => {
  const test = script === null ? it.skip : it;
  let desk: Desk;

  beforeAll(async () => {
    if (script !== null) desk = await open(script);
  });

  afterAll(() => desk?.close());

  test('gets an unknown caller and the call, its late recording, and the next call on the same', async () => {
    const { office } = desk;
    const first = callOfNobody('019a9e5c-7a00-7000-8000-000000000001');
    const second = callOfNobody('019a9e5c-7a00-7000-8000-000000000002');

    const logged = await office.tell(first);
    expect(logged.kind === 'done' && logged.words).toContain('a contact that was made for it');
    await office.tell({ ...first, recordings: [RECORDING] }, { type: 'call.updated', sequence: 3 });
    const [one, ...others] = await desk.people();
    expect(others).toEqual([]);
    expect(one?.calls).toHaveLength(1);
    const [{ text, seconds } = { text: '', seconds: null }] = one?.calls ?? [];
    expect(text).toMatch(/^Incoming call from \+972545551234/);
    expect(text).toContain('Talk: 1:15');
    expect(text).toContain(`Recording: ${RECORDING.url}`);
    expect(text).toContain(`[sw:${first.id}]`);
    expect([75, null]).toContain(seconds);

    office.forgetPeople();
    const again = await office.tell(second);
    expect(again.kind === 'done' && again.words).toContain('the only one with the number');
    const [same, ...more] = await desk.people();
    expect(more).toEqual([]);
    expect(same?.id).toBe(one?.id);
    expect(same?.calls).toHaveLength(2);
  });

  test('makes no second record of a call whose answer was lost', async () => {
    const { office } = desk;
    const call = callOfNobody('019a9e5c-7a00-7000-8000-000000000003');
    await office.tell(call);
    office.forgetAnswer(call);
    await office.tell(call);
    const calls = (await desk.people()).flatMap((one) => one.calls);
    expect(calls.filter(({ text }) => text.includes(`[sw:${call.id}]`))).toHaveLength(1);
  });

  test('says whose credentials they are, or at least that they are good', async () => {
    const { account } = await desk.office.crm.probe(desk.office.io);
    expect([null, 'Administrator', 'Acme']).toContain(account);
  });

  test('does not take a key that it did not give', async () => {
    const { office } = desk;
    await expect(office.withKey('not-a-key').tell(callOfNobody('x'))).rejects.toMatchObject({
      kind: 'unauthorised',
    });
  });
});

async function openTryton(script: string): Promise<Desk> {
  const server = await openRealCrm(script);
  const key = await trytonKey(server);
  const office = new CrmOffice({
    connector: 'tryton',
    settings: { database: 'crm', webClient: server.url },
    logging: LOGGING,
    url: server.url,
    key,
  });
  const model = (name: string) => `/crm/rest/model/${name}`;
  return {
    office,
    people: async () => {
      const parties = await look(server, key, `${model('party.party')}?f=contact_mechanisms.value_compact`);
      const notes = await look(server, key, `${model('ir.note')}?f=message&f=resource`);
      return (parties as TrytonParty[])
        .filter((party) => party.contact_mechanisms.some((one) => one.value_compact === '+972545551234'))
        .map(({ id }) => ({
          id: String(id),
          calls: (notes as { resource: string; message: string }[])
            .filter(({ resource }) => resource === `party.party,${String(id)}`)
            .map(({ message }) => ({ text: message, seconds: null })),
        }));
    },
    close: () => closeAll(office, server),
  };
}

interface TrytonParty {
  id: number;
  contact_mechanisms: { value_compact: string }[];
}

async function openBottleCrm(script: string): Promise<Desk> {
  const database = await databaseForCrm();
  const server = await openRealCrm(script, database.env);
  const key = server.read('pat');
  const settings = BOTTLECRM;
  const office = new CrmOffice({ connector: 'generic', settings, logging: LOGGING, url: server.url, key });
  return {
    office,
    people: async () => {
      const list = await look(server, key, '/api/contacts/?phone=545551234');
      const found = (list as { results: { id: string }[] }).results;
      return Promise.all(
        found.map(async ({ id }) => {
          const said = await look(server, key, `/api/interactions/?contact=${id}`);
          const { interactions } = said as { interactions: BottleCall[] };
          const calls = interactions.map(({ subject, body, duration_seconds: seconds }) => ({
            text: `${subject}\n${body}`,
            seconds,
          }));
          return { id, calls };
        }),
      );
    },
    close: async () => {
      await closeAll(office, server);
      await database.drop();
    },
  };
}

interface BottleCall {
  subject: string;
  body: string;
  duration_seconds: number;
}

async function look({ url }: RealCrm, key: string, path: string): Promise<unknown> {
  const answer = await fetch(url + path, { headers: { authorization: `Bearer ${key}` } });
  return answer.json();
}

async function closeAll(office: CrmOffice, server: RealCrm): Promise<void> {
  office.close();
  await server.close();
}
