/** Leads that an agent looks at before calling them, and why leads and campaigns are not called. */
import type { AgentId } from '#domain';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makePerson, signedIn } from '../builders/person.js';
import type { Answer } from '../harness/api.js';
import { VendorDesk } from '../harness/vendor-desk.js';

let desk: VendorDesk;
beforeAll(async () => {
  desk = await VendorDesk.open();
});
afterAll(() => desk.close());

const ALL_DAY = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
);
const codeOf = ({ status, body }: Answer) => [status, body['code']];

async function office(rules: object = {}) {
  const made = await desk.office('globalex', { tells: false });
  const { client, id } = made.tenant;
  const draft = {
    ...{ connectionId: made.connection.id, name: 'Renewals', mode: 'preview' },
    settings: { rules: { windows: ALL_DAY, ...rules } },
  };
  const campaign = await client.post('/v1/campaigns', draft);
  const path = `/v1/campaigns/${String(campaign.body['id'])}`;
  await client.post(`${path}/members`, { extensions: [made.phones[0]] });
  await client.post(`${path}/start`);
  const agent = async (agentId: AgentId) =>
    signedIn(desk.api.url, await makePerson(desk.api.sql, [{ tenant: id, role: 'agent', agentId }]));
  const [dana, omer] = [await agent(made.agents[0]), await agent(made.agents[1])];
  return { ...made, client, path, dana, omer, next: path.replace('/v1/', '/v1/me/') + '/next' };
}

describe('an agent of a preview campaign', () => {
  it('is offered a lead, the same one until they decide, and calls it from their own phone', async () => {
    const { client, path, dana, next, pbx, connection, phones, agents } = await office();
    const own = { agentId: agents[0], callerId: '+97237654321' };
    await client.put(`/v1/connections/${connection.id}/extensions/${phones[0]}`, own);
    await client.post(`${path}/leads`, { number: '+972501234500', name: 'Noa' });
    const offered = await dana.ask('POST', next);
    expect([offered.status, offered.body]).toMatchObject([200, { state: 'offered', name: 'Noa' }]);
    expect((await dana.ask('POST', next)).body['id']).toBe(offered.body['id']);
    const lead = `/v1/me/leads/${String(offered.body['id'])}`;
    const order = await dana.ask('POST', `${lead}/dial`);
    expect([order.status, order.body]).toMatchObject([
      201,
      { source: 'campaign', leadId: offered.body['id'], second: { value: '+972501234500' } },
    ]);
    expect(pbx.placedTo('+972501234500')).toBe(1);
    const kept = `${path}/leads/${String(offered.body['id'])}`;
    expect((await client.get(kept)).body).toMatchObject({ state: 'dialling' });
    expect((await client.get(`${kept}/attempts`)).body.data).toMatchObject([{ id: order.body['id'] }]);
    const said = await dana.ask('POST', `${lead}/disposition`, { disposition: 'renewed' });
    expect(said.body).toMatchObject({ disposition: 'renewed', note: null });
    const rows = await desk.api.sql.rows(
      `SELECT owed, request -> 'callerId' ->> 'second' AS shown FROM dial_attempt WHERE id = $1`,
      [order.body['id']],
    );
    expect(rows).toEqual([{ owed: true, shown: '+97237654321' }]);
  });

  it('says by a word that somebody wants no calls, or another one, as the campaign has it', async () => {
    const { client, path, dana, next } = await office();
    const dispositions = { never: { then: 'do_not_call' }, later: { then: 'retry', afterMinutes: 30 } };
    await client.patch(path, { settings: { dispositions } });
    expect((await dana.ask('GET', '/v1/me/campaigns')).body.data).toMatchObject([
      { name: 'Renewals', dispositions: ['later', 'never'] },
    ]);
    const says = async (number: string, disposition: string) => {
      await client.post(`${path}/leads`, { number });
      const { body } = await dana.ask('POST', next);
      return dana.ask('POST', `/v1/me/leads/${String(body['id'])}/disposition`, { disposition });
    };
    expect((await says('+972501234510', 'later')).body).toMatchObject({ state: 'waiting', agentId: null });
    expect((await says('+972501234511', 'never')).body).toMatchObject({ state: 'done' });
    const listed = (await client.get('/v1/do-not-call')).body.data;
    expect(listed).toMatchObject([{ number: '+972501234511', source: 'disposition' }]);
    // A word that means nothing here is kept, and the lead stays where it is.
    expect((await says('+972501234512', 'hm')).body).toMatchObject({ state: 'offered', disposition: 'hm' });
  });

  it('gives one back, and is not offered what a rule holds back or nobody waits for', async () => {
    const { client, path, dana, next } = await office();
    expect(codeOf(await dana.ask('POST', next))).toEqual([409, 'lead.none']);
    await client.post(`${path}/leads`, { number: '+972501234501' });
    const offered = await dana.ask('POST', next);
    const lead = `/v1/me/leads/${String(offered.body['id'])}`;
    expect((await dana.ask('POST', `${lead}/skip`)).body).toMatchObject({ state: 'waiting' });
    expect(codeOf(await dana.ask('POST', `${lead}/skip`))).toEqual([409, 'lead.not_offered']);
    expect(codeOf(await dana.ask('POST', `${lead}/dial`))).toEqual([409, 'lead.not_offered']);
    await client.post('/v1/do-not-call', { numbers: [{ number: '+972501234502' }] });
    await client.post(`${path}/leads`, { number: '+972501234502' });
    expect(codeOf(await dana.ask('POST', next))).toEqual([409, 'lead.none']);
    const held = (await client.get(`${path}/leads?state=given_up`)).body.data;
    expect(held).toMatchObject([{ gate: 'do_not_call' }]);
  });

  it('is offered what another agent was offered five minutes ago and did not decide about', async () => {
    const { client, path, dana, omer, next, phones } = await office();
    await client.post(`${path}/members`, { extensions: [phones[1]] });
    await client.post(`${path}/leads`, { number: '+972501234504' });
    const offered = await dana.ask('POST', next);
    expect(codeOf(await omer.ask('POST', next))).toEqual([409, 'lead.none']);
    const old = `UPDATE campaign_lead SET updated_at = now() - interval '6 min' WHERE id = $1`;
    await desk.api.sql.rows(old, [offered.body['id']]);
    expect((await omer.ask('POST', next)).body).toMatchObject({ id: offered.body['id'], state: 'offered' });
    const dial = await dana.ask('POST', `/v1/me/leads/${String(offered.body['id'])}/dial`);
    expect(codeOf(dial)).toEqual([409, 'lead.not_offered']);
  });

  it('calls nobody whom a rule forbids by the time of the call, or in a campaign that is none of theirs', async () => {
    const { client, path, dana, omer, next, pbx } = await office();
    await client.post(`${path}/leads`, { number: '+972501234503' });
    expect(codeOf(await omer.ask('POST', next))).toEqual([409, 'me.no_phone']);
    const offered = await dana.ask('POST', next);
    await client.post('/v1/do-not-call', { numbers: [{ number: '+972501234503' }] });
    const answer = await dana.ask('POST', `/v1/me/leads/${String(offered.body['id'])}/dial`);
    expect([...codeOf(answer), answer.body['gate']]).toEqual([409, 'lead.held', 'do_not_call']);
    expect(pbx.desk.calls).toHaveLength(0);
    await client.post(`${path}/pause`);
    expect(codeOf(await dana.ask('POST', next))).toEqual([409, 'campaign.not_running']);
  });
});

describe('why nobody is called', () => {
  it('is said of a campaign and of a lead, in sentences', async () => {
    const { client, path } = await office();
    const why = async (rest = '') => (await client.get(`${path}${rest}/why`)).body;
    expect(await why()).toMatchObject({ rule: 'no_leads', nextAt: null, onTheLine: 0 });
    const lead = await client.post(`${path}/leads`, { number: '+972501234504' });
    expect(await why()).toMatchObject({ rule: 'preview', due: 1, agents: { members: 1 } });
    const at = `/leads/${String(lead.body['id'])}`;
    expect(await why(at)).toMatchObject({ may: true, gate: null, zones: [{ zone: 'Asia/Jerusalem' }] });
    await client.patch(path + at, { notBefore: '2099-01-01T00:00:00Z' });
    expect(await why(at)).toMatchObject({ may: false, gate: 'scheduled' });
    expect(await why()).toMatchObject({ rule: 'leads_wait', nextAt: '2099-01-01T00:00:00.000Z' });
    await client.post(`${path}/stop`);
    expect(await why()).toMatchObject({ rule: 'campaign_state', why: 'The campaign is stopped: start it.' });
  });

  it('what became of calls is counted, and leads are given out as a file', async () => {
    const { client, path, connection } = await office();
    await client.post(`${path}/leads`, { number: '+972501234505', name: 'Noa', customData: { a: 'b' } });
    await desk.api.sql.rows(
      `INSERT INTO campaign_tally (campaign_id, hour, tenant_id, dials, answers, served, drops)
       VALUES ($1, date_trunc('hour', now()), $2, 10, 4, 3, 1)`,
      [path.split('/').at(-1), connection.tenantId],
    );
    const { body } = await client.get(`${path}/statistics?by=hour`);
    const volume = { dials: 10, answers: 4, drops: 1, answerRate: 0.4, abandonment: 0.25 };
    expect(body).toMatchObject({ total: volume, buckets: [volume], target: 0.02, leads: { waiting: 1 } });
    expect(body['last30Days']).toMatchObject({ abandonment: 0.25, withinTarget: false });
    const file = await client.get(`${path}/leads/export`);
    expect(file.text).toMatch(/^id,number,name,state.*\r?\n.*\+972501234505.*Noa,waiting/);
    expect((await client.get('/v1/dial-packs')).body.data.map(({ id }) => id)).toContain('uk');
  });
});
