import type { AgentId, Role } from '#domain';
import { makePerson, signedIn } from '../builders/person.js';
import { makeContact } from '../builders/contact.js';
import { BACKENDS, type Backend } from '../harness/backends.js';
import type { TestBrowser } from '../harness/browser.js';
import { CALLER_E164, LiveOffice, type Office } from '../harness/live-office.js';
import { makeEndpoint } from '../harness/tenant.js';
import { until } from '../harness/until.js';

const [BACKEND] = BACKENDS as [Backend];
const MISSED = { status: 'NOANSWER', duration: 0, extenUser: '101', targetextension: '101' };

describe('what is an agent’s own', () => {
  let live: LiveOffice;
  let office: Office;

  beforeAll(async () => {
    live = await LiveOffice.open(BACKEND);
  });
  afterAll(() => live.close());
  beforeEach(async () => {
    office = await live.office();
    await makeEndpoint(live.world.sql, office.tenantId, { url: 'https://crm.example/hook' });
  });

  const person = async (role: Role, agentId?: AgentId) => {
    const who = await makePerson(live.world.sql, [
      { tenant: office.tenantId, role, ...(agentId === undefined ? {} : { agentId }) },
    ]);
    return (await signedIn(live.url(), who)).with({ 'switchhook-tenant': office.tenantId });
  };
  const calls = async (who: TestBrowser, query = '') => (await who.get(`/v1/me/calls${query}`)).body;
  const callOf = (who: TestBrowser, vendorCallId: string) =>
    until(`the call ${vendorCallId}`, async () =>
      (await calls(who)).data.find((call) => call['vendorCallId'] === vendorCallId),
    );
  const events = (type: string) =>
    live.world.sql.rows<{ payload: Record<string, unknown>; sequence: number; deliveries: number }>(
      `SELECT e.payload, e.sequence, (SELECT count(*)::int FROM delivery d WHERE d.event_id = e.id) AS deliveries
       FROM call_event e WHERE e.tenant_id = $1 AND e.type = $2 ORDER BY e.id`,
      [office.tenantId, type],
    );

  it('are the calls that were on the phone or the screen, and nobody else’s', async () => {
    const [dana, omer] = [await person('agent', office.dana), await person('agent', office.omer)];
    await live.popup(office, { ivrid: 'hers', extenUser: '101', status: 'Ringing' });
    await live.popup(office, { ivrid: 'his', extenUser: '102', status: 'Ringing' });
    await live.cdr(office, { ivruniqueid: 'told-once', targetextension: '101', target: '101' });
    await callOf(dana, 'told-once');
    await callOf(dana, 'hers');
    expect((await calls(dana)).data.map((call) => call['vendorCallId']).sort()).toEqual([
      'hers',
      'told-once',
    ]);
    await callOf(omer, 'his');
    expect((await calls(omer)).data).toHaveLength(1);
    const popups = (await dana.get('/v1/me/popups')).body.data;
    expect(popups).toMatchObject([
      {
        topic: 'popup',
        agent: office.dana,
        vendorCallId: 'hers',
        state: 'ringing',
        contacts: [{ name: 'Jane Roe' }],
      },
    ]);
  });

  it('are those with one number where that is asked for', async () => {
    const dana = await person('agent', office.dana);
    await live.cdr(office, { ivruniqueid: 'with', targetextension: '101', target: '101' });
    await live.cdr(office, {
      ivruniqueid: 'other',
      caller: '0501234500',
      targetextension: '101',
      target: '101',
    });
    await callOf(dana, 'with');
    await callOf(dana, 'other');
    const { data } = await calls(dana, `?number=${encodeURIComponent(CALLER_E164)}`);
    expect(data.map((call) => call['vendorCallId'])).toEqual(['with']);
    expect((await dana.get('/v1/me/calls?number=soon')).status).toBe(400);
  });

  it('needs an agent: a key is nobody, and a supervisor may be none', async () => {
    const supervisor = await person('supervisor');
    expect((await supervisor.get('/v1/me/calls')).body['code']).toBe('me.no_agent');
    const key = await fetch(`${live.url()}/v1/me/calls`, {
      headers: { authorization: `Bearer ${office.key}` },
    });
    expect([key.status, ((await key.json()) as { code: string }).code]).toEqual([403, 'session.required']);
  });

  it('is what was missed, until it was seen', async () => {
    const [dana, omer] = [await person('agent', office.dana), await person('agent', office.omer)];
    await live.cdr(office, { ...MISSED, ivruniqueid: 'm-1' });
    await live.cdr(office, { ...MISSED, ivruniqueid: 'm-2' });
    await live.cdr(office, { ivruniqueid: 'taken', targetextension: '101', target: '101' });
    await until('three', async () => (await calls(dana)).data.length === 3);
    const missed = await calls(dana, '?missed=true&seen=false');
    expect(missed['unseen']).toBe(2);
    expect(missed.data.map((call) => call['vendorCallId']).sort()).toEqual(['m-1', 'm-2']);
    const [one] = missed.data;
    // Somebody else's is passed over.
    expect((await omer.put('/v1/me/calls/seen', { calls: [one?.['id']] })).body).toEqual({ unseen: 0 });
    expect((await dana.put('/v1/me/calls/seen', { calls: [one?.['id']] })).body).toEqual({ unseen: 1 });
    expect((await calls(dana, '?missed=true&seen=true')).data[0]).toMatchObject({ id: one?.['id'] });
    expect((await dana.put('/v1/me/calls/seen', {})).status).toBe(400);
    const until_ = new Date(Date.now() + 60_000).toISOString();
    expect((await dana.put('/v1/me/calls/seen', { until: until_ })).body).toEqual({ unseen: 0 });
  });

  it('is a note with what came of the call, told to the endpoints in the order of its events', async () => {
    const dana = await person('agent', office.dana);
    await live.cdr(office, { ivruniqueid: 'v-1', targetextension: '101', target: '101' });
    const call = await callOf(dana, 'v-1');
    const path = `/v1/me/calls/${String(call['id'])}/notes`;
    const written = await dana.post(path, { text: 'Wants an offer.', outcome: 'interested' });
    expect(written.status).toBe(202);
    const noted = await until('it to be told', async () => (await events('call.noted'))[0]);
    const note = { id: written.body['id'], by: { kind: 'user', name: 'Dana Levi' }, text: 'Wants an offer.' };
    expect(noted).toMatchObject({
      deliveries: 1,
      payload: { note: { ...note, outcome: 'interested' }, notes: [note] },
    });
    const [ended] = await events('call.ended');
    expect(noted.sequence).toBeGreaterThan(ended?.sequence ?? 0);
    expect((await callOf(dana, 'v-1'))['notes']).toMatchObject([note]);
    expect((await dana.post(path, { text: '  ' })).status).toBe(400);
  });

  it('is no other’s call to write on', async () => {
    const omer = await person('agent', office.omer);
    const dana = await person('agent', office.dana);
    await live.cdr(office, { ivruniqueid: 'hers', targetextension: '101', target: '101' });
    const { id } = (await callOf(dana, 'hers')) as unknown as { id: string };
    expect((await omer.post(`/v1/me/calls/${id}/notes`, { text: 'x' })).status).toBe(404);
    expect((await omer.put(`/v1/me/calls/${id}/contact`, { contactId: null })).status).toBe(404);
    expect((await omer.post(`/v1/calls/${id}/notes`, { text: 'x' })).status).toBe(403);
    const supervisor = await person('supervisor');
    expect((await supervisor.post(`/v1/calls/${id}/notes`, { outcome: 'heard' })).status).toBe(202);
  });

  it('is the choice among those who have the number, also of a call that is over', async () => {
    const { sql } = live.world;
    const dana = await person('agent', office.dana);
    const other = await makeContact(sql, office.tenantId, { name: 'Jim Roe', phones: [CALLER_E164] });
    const policy = { choose: 'ask' };
    await sql.rows('UPDATE tenant SET match_policy = $2, setup_version = setup_version + 1 WHERE id = $1', [
      office.tenantId,
      policy,
    ]);
    await live.cdr(office, { ivruniqueid: 'v-1', targetextension: '101', target: '101' });
    const call = await callOf(dana, 'v-1');
    expect(call).toMatchObject({ contact: null, match: { reason: 'several', total: 2 } });
    const path = `/v1/me/calls/${String(call['id'])}/contact`;
    expect((await dana.put(path, { contactId: office.connection.id })).status).toBe(404);
    expect((await dana.put(path, { contactId: other })).body).toMatchObject({ contact: { name: 'Jim Roe' } });
    const updated = await until('it to be told', async () => (await events('call.updated'))[0]);
    const match = { reason: 'chosen', total: 2, candidates: [{}, {}] };
    expect(updated.payload).toMatchObject({ contact: { id: other }, match });
    // A webhook that comes again changes nothing of it.
    await live.cdr(office, {
      ivruniqueid: 'v-1',
      targetextension: '101',
      target: '101',
      record: 'https://pbx.example/1',
    });
    await until('the recording', async () => (await events('call.updated'))[1]);
    expect(await callOf(dana, 'v-1')).toMatchObject({
      contact: { name: 'Jim Roe' },
      match: { reason: 'chosen' },
    });
    await dana.put(path, { contactId: null });
    await until('nobody', async () => (await callOf(dana, 'v-1'))['contact'] === null);
  });
});
