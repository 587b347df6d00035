import { openPortal } from '../builders/portal.js';
import { makePerson, signedIn } from '../builders/person.js';
import { BACKENDS, type Backend } from '../harness/backends.js';
import { LiveClient } from '../harness/live-client.js';
import { LiveOffice, type Office } from '../harness/live-office.js';
import { until } from '../harness/until.js';

const [BACKEND] = BACKENDS as [Backend];

describe('portals at the live channel', () => {
  let live: LiveOffice;
  let office: Office;
  const clients: LiveClient[] = [];

  beforeAll(async () => {
    live = await LiveOffice.open(BACKEND);
  });
  afterAll(() => live.close());
  beforeEach(async () => {
    office = await live.office();
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });

  const admin = async () =>
    signedIn(live.url(), await makePerson(live.world.sql, [{ tenant: office.tenantId, role: 'admin' }]));
  const open = (token: string) => {
    const client = LiveClient.open(live.url(), { token });
    clients.push(client);
    return client;
  };
  const heard = (client: LiveClient) => new Set(client.popups.map(({ agent }) => agent));

  it('hear all where they are for calls, and one agent’s where they are for that agent', async () => {
    const maker = await admin();
    const calls = await openPortal(live.url(), maker, { areas: ['calls'], readOnly: true });
    const dana = await openPortal(live.url(), maker, { areas: ['agent'], agentId: office.dana });
    const [all, own] = [open(calls.key), open(dana.key)];
    await Promise.all([all.hello(), own.hello()]);
    await live.popup(office, { ivrid: 'for-omer', extenUser: '102', status: 'Ringing' });
    await live.popup(office, { ivrid: 'for-dana', extenUser: '101', status: 'Ringing' });
    await until('both', () => heard(all).size === 2 && heard(own).size > 0);
    expect(heard(own)).toEqual(new Set([office.dana]));
  });

  it('stay outside where they are for something else, or for nothing', async () => {
    const contacts = await openPortal(live.url(), await admin(), { areas: ['contacts'] });
    expect((await open(contacts.key).refused()).data?.code).toBe('portal.not_for_this');
    expect((await open('swp_wrong').refused()).data?.code).toBe('portal.ended');
  });

  it('hear nothing more once they have ended', async () => {
    const portal = await openPortal(live.url(), await admin(), { areas: ['calls'] });
    const other = await openPortal(live.url(), await admin(), { areas: ['calls'] });
    const [ending, staying] = [open(portal.key), open(other.key)];
    await Promise.all([ending.hello(), staying.hello()]);
    expect((await portal.delete('/v1/portal-session')).status).toBe(204);
    await until('the end', () => ending.endings.length > 0);
    expect(staying.endings).toEqual([]);
  });
});
