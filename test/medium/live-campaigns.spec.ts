import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CampaignId, LiveEvent } from '#domain';
import { makeCampaign, makeLead } from '../builders/campaign.js';
import { makeAccount } from '../builders/dial-attempt.js';
import { BACKENDS } from '../harness/backends.js';
import { CampaignRig } from '../harness/campaign-rig.js';
import type { LiveClient } from '../harness/live-client.js';
import { LiveOffice, type Office } from '../harness/live-office.js';
import { until } from '../harness/until.js';

type CampaignEvent = Extract<LiveEvent, { topic: 'campaign' }>;

const PHONE = '+972502345601';

describe.each(BACKENDS)('what campaigns say on the live channel on $name', (backend) => {
  let live: LiveOffice;
  let office: Office;
  let campaign: CampaignId;
  let rig: CampaignRig;
  const clients: LiveClient[] = [];
  const connect = async (auth: Record<string, unknown>, which = 0) => {
    const client = await live.connect({ token: office.key, ...auth }, which);
    clients.push(client);
    return client;
  };
  const campaigns = (events: readonly LiveEvent[]) =>
    events.filter((event): event is CampaignEvent => event.topic === 'campaign');
  const turn = async (to: string) => {
    const manager = await live.key(office.tenantId, ['read', 'write']);
    const response = await fetch(`${live.url()}/v1/campaigns/${campaign}/${to}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${manager}` },
    });
    expect(response.status).toBeLessThan(300);
  };
  const rows = () =>
    live.world.sql.count('SELECT count(*) FROM live_event WHERE tenant_id = $1', [office.tenantId]);

  beforeAll(async () => {
    live = await LiveOffice.open(backend);
  });
  afterAll(() => live.close());
  beforeEach(async () => {
    office = await live.office();
    await makeAccount(live.world.sql, office.connection);
    campaign = await makeCampaign(live.world.sql, office.connection, { members: ['201'] });
    rig = new CampaignRig(live.world);
  });
  afterEach(() => {
    for (const client of clients.splice(0)) client.close();
  });

  it('are told at every api process when they dial, pause and are drained, and stand in the snapshot', async () => {
    await makeLead(live.world.sql, { tenantId: office.tenantId, campaignId: campaign }, PHONE);
    const [here, there] = [await connect({ watch: ['campaigns'] }), await connect({}, 1)];
    for (const client of [here, there]) {
      expect(campaigns((await client.hello()).events)).toMatchObject([
        {
          id: campaign,
          state: 'running',
          rule: null,
          waiting: 1,
          lastDay: { dials: 0, abandonedShare: null },
        },
      ]);
    }
    await rig.look(campaign);
    await turn('pause');
    for (const client of [here, there]) {
      await until('both changes', () => campaigns(client.events).length >= 2);
      expect(campaigns(client.events)).toMatchObject([
        { state: 'running', waiting: 0, calls: { dialling: 1 }, pace: { placed: 1 }, drained: false },
        { state: 'paused', drained: false },
      ]);
    }
    await live.world.sql.rows(
      `UPDATE dial_attempt SET state = 'refused', ended_at = now(), look_at = NULL WHERE campaign_id = $1`,
      [campaign],
    );
    rig.clock.advance(5_000);
    await rig.look(campaign);
    for (const client of [here, there]) {
      const last = await until('the end of its call', () =>
        campaigns(client.events).find(({ drained }) => drained),
      );
      expect(last).toMatchObject({
        state: 'paused',
        rule: 'campaign_state',
        calls: { dialling: 0 },
        waiting: 1,
      });
    }
    const late = await connect({ watch: [`campaign:${campaign}`] });
    expect(campaigns((await late.hello()).events)).toMatchObject([{ state: 'paused', drained: true }]);
  });

  it('say nothing when a look sees what the one before saw', async () => {
    const client = await connect({ watch: ['campaigns'] });
    await client.hello();
    await rig.look(campaign);
    const told = await rows();
    expect(told).toBe(1);
    await rig.look(campaign);
    expect(await rows()).toBe(told);
  });

  it('leave no row in the log where nobody listens, and are heard by nobody of another tenant', async () => {
    await rig.look(campaign);
    await turn('pause');
    expect(await rows()).toBe(0);
    const stranger = await live.office();
    const theirs = await live.connect({ token: stranger.key });
    clients.push(theirs);
    expect(campaigns((await theirs.hello()).events)).toEqual([]);
    const ours = await connect({});
    await turn('start');
    await until('the start', () => campaigns(ours.events).find(({ state }) => state === 'running'));
    expect(theirs.messages).toEqual([]);
  });
});
