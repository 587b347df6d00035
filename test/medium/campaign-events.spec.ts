import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CampaignId, TenantId } from '#domain';
import { makeCampaign, makeLead } from '../builders/campaign.js';
import { makeAccount } from '../builders/dial-attempt.js';
import { makeCall } from '../builders/history.js';
import { CampaignRig } from '../harness/campaign-rig.js';
import { makeConnection, makeEndpoint, makeTenant, type TestConnection } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

const PHONE = '+972502345601';

let world: World;
let tenant: TenantId;
let connection: TestConnection;
let campaign: CampaignId;
let rig: CampaignRig;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  tenant = await makeTenant(world.sql);
  connection = await makeConnection(world.sql, tenant);
  await makeAccount(world.sql, connection);
  campaign = await makeCampaign(world.sql, connection, { members: ['101'] });
  rig = new CampaignRig(world);
});

const asksFor = (...eventTypes: string[]) =>
  makeEndpoint(world.sql, tenant, { url: 'http://crm.invalid/', eventTypes });
const lead = () => makeLead(world.sql, { tenantId: tenant, campaignId: campaign }, PHONE);
const become = (state: string) =>
  world.sql.rows('UPDATE campaign SET state = $2, state_at = now() WHERE id = $1', [campaign, state]);
const told = async () =>
  world.sql.rows<{ type: string; payload: Record<string, unknown> }>(
    `SELECT e.type, e.payload FROM call_event e JOIN delivery d ON d.event_id = e.id WHERE e.tenant_id = $1 ORDER BY e.id`,
    [tenant],
  );
const types = async () => (await told()).map(({ type }) => type);

/** The PBX has told how the only call went. */
async function callCameTo(result: 'answered' | 'busy'): Promise<void> {
  const [attempt] = await rig.attempts(campaign);
  await makeCall(world.sql, connection, {
    vendorCallId: `call-${attempt?.id ?? ''}`,
    startedAt: Date.now() - 30_000,
    result,
    leg: { result, talkSeconds: result === 'answered' ? 20 : null, ringSeconds: 8 },
  });
}

describe('endpoints that ask for a campaign’s events', () => {
  it('are told each state once, what it does while it calls, and the lead that it is done with', async () => {
    await asksFor('campaign.*', 'lead.*');
    const leadId = await lead();
    await rig.look(campaign);
    await rig.look(campaign);
    expect(await types()).toEqual(['campaign.started', 'campaign.statistics']);
    await callCameTo('answered');
    await rig.look(campaign);
    await rig.look(campaign);
    const all = await told();
    expect(all.map(({ type }) => type).slice(2)).toEqual(['lead.finished', 'campaign.finished']);
    expect(all[2]?.payload).toMatchObject({
      campaign: { id: campaign, state: 'running' },
      lead: { id: leadId, state: 'done', result: 'answered', talkSeconds: 20 },
    });
    await become('paused');
    await rig.look(campaign);
    await rig.look(campaign);
    expect((await types()).at(-1)).toBe('campaign.paused');
    expect(await told()).toHaveLength(5);
  });

  it('hear of statistics once a minute', async () => {
    await asksFor('campaign.statistics');
    await lead();
    await rig.look(campaign);
    rig.clock.advance(59_000);
    await rig.look(campaign);
    expect(await types()).toEqual(['campaign.statistics']);
    rig.clock.advance(1_000);
    await rig.look(campaign);
    expect(await types()).toEqual(['campaign.statistics', 'campaign.statistics']);
  });

  it('are told of a lead that a rule gives up, and of one only', async () => {
    await asksFor('lead.*');
    const leadId = await lead();
    await world.sql.rows(`INSERT INTO do_not_call VALUES ($1, $2, NULL, 'test', now())`, [tenant, PHONE]);
    await rig.look(campaign);
    await rig.look(campaign);
    const all = await told();
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({
      type: 'lead.finished',
      payload: { lead: { id: leadId, state: 'given_up', attemptId: null, result: null, talkSeconds: null } },
    });
    expect((await rig.lead(leadId)).state).toBe('given_up');
  });

  it('hear nothing of a lead that is tried again, nor that its campaign is at its end', async () => {
    await asksFor('campaign.finished', 'lead.*');
    await lead();
    await rig.look(campaign);
    await callCameTo('busy');
    await rig.look(campaign);
    await rig.look(campaign);
    expect(await types()).toEqual([]);
    // Or nobody would look at it when the time for that has come.
    expect(
      await world.sql.count('SELECT count(*) FROM campaign WHERE id = $1 AND due_at > now()', [campaign]),
    ).toBe(1);
  });

  it('are told nothing by a dialer that lost its lease', async () => {
    await asksFor('campaign.*');
    const [lease] = await rig.book.take('campaign', [campaign]);
    await world.sql.rows(`UPDATE mailbox SET fence = fence + 1 WHERE kind = 'campaign' AND id = $1`, [
      campaign,
    ]);
    expect(await rig.lookUnder(campaign, lease?.fence ?? '')).toBe('gone');
    expect(await types()).toEqual([]);
  });

  it('are only those: everybody else has no row written, and another tenant’s hear nothing', async () => {
    await asksFor('*');
    const stranger = await makeTenant(world.sql);
    await makeEndpoint(world.sql, stranger, { url: 'http://crm.invalid/', eventTypes: ['campaign.*'] });
    await rig.look(campaign);
    expect(await types()).toEqual([]);
    const written = 'SELECT count(*) FROM call_event WHERE tenant_id = ANY($1::uuid[])';
    expect(await world.sql.count(written, [[tenant, stranger]])).toBe(0);
  });
});
