/** Which calls count against a lead, and when it comes next: what the dialer makes of rows that others wrote. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CampaignId, LeadId, OrderId, OrderState } from '#domain';
import { makeCampaign, makeLead } from '../builders/campaign.js';
import { makeAccount, makeOrder } from '../builders/dial-attempt.js';
import { makeCall } from '../builders/history.js';
import { CampaignRig } from '../harness/campaign-rig.js';
import { makeConnection, makeTenant, type TestConnection } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

const PHONE = '+972502345601';
const HOUR = 3_600_000;

let world: World;
let connection: TestConnection;
let rig: CampaignRig;
let campaign: CampaignId;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  connection = await makeConnection(world.sql, await makeTenant(world.sql));
  await makeAccount(world.sql, connection);
  rig = new CampaignRig(world);
});

async function campaignOf(rules: object = {}): Promise<LeadId> {
  campaign = await makeCampaign(world.sql, connection, { members: ['101'], rules });
  return makeLead(world.sql, { tenantId: connection.tenantId, campaignId: campaign }, PHONE);
}

/** A call of the campaign to the lead, of some time ago. */
async function earlier(
  leadId: LeadId,
  state: OrderState,
  result: string,
  { owed = false, hours = 2 } = {},
): Promise<OrderId> {
  const sentAgoMs = hours * HOUR;
  const traits = { state, phone: PHONE, extension: null, lookInMs: null, sentAgoMs } as const;
  const orderId = await makeOrder(world.sql, connection, traits);
  await world.sql.rows(
    'UPDATE dial_attempt SET lead_id = $2, campaign_id = $3, result = $4, owed = $5 WHERE id = $1',
    [orderId, leadId, campaign, owed ? null : result, owed],
  );
  return orderId;
}

describe('a refusal', () => {
  it('gives a lead up that was refused as often as it may be, and not one that was called in vain', async () => {
    const leadId = await campaignOf();
    for (let call = 0; call < 5; call += 1) await earlier(leadId, 'ended', 'missed', { hours: 40 * 24 });
    rig.place = () => ({ kind: 'refused', reason: 'No.', code: null, text: null });
    await rig.look(campaign);
    await rig.look(campaign);
    expect(await rig.lead(leadId)).toMatchObject({ state: 'waiting', lastResult: 'refused' });
    for (let call = 0; call < 5; call += 1) await earlier(leadId, 'refused', 'refused');
    await world.sql.rows('UPDATE campaign_lead SET next_at = now(), retry_at = now() WHERE id = $1', [
      leadId,
    ]);
    await rig.look(campaign);
    await rig.look(campaign);
    expect(await rig.lead(leadId)).toMatchObject({ state: 'given_up', lastResult: 'refused' });
  });
});

describe('a limit of calls to a number', () => {
  it('counts those that rang there, and none of which the agent did not pick up', async () => {
    const leadId = await campaignOf({ maxPerPhone: [{ count: 1, hours: 24 }] });
    await earlier(leadId, 'ended', 'not_placed');
    await rig.look(campaign);
    expect(rig.asked).toHaveLength(1);
    const other = await campaignOfAnother('+972502345602', { maxPerPhone: [{ count: 1, hours: 24 }] });
    expect((await rig.lead(other)).gate).toBe('attempts_period');
  });

  async function campaignOfAnother(phone: string, rules: object): Promise<LeadId> {
    connection = await makeConnection(world.sql, connection.tenantId);
    await makeAccount(world.sql, connection);
    await makeOrder(world.sql, connection, { state: 'ended', phone, lookInMs: null });
    campaign = await makeCampaign(world.sql, connection, { members: ['101'], rules });
    const leadId = await makeLead(world.sql, { tenantId: connection.tenantId, campaignId: campaign }, phone);
    await rig.look(campaign);
    return leadId;
  }
});

describe('the quiet after a talk', () => {
  it('is kept too where somebody else talked with them, whoever called', async () => {
    const leadId = await campaignOf({ talkQuietHours: 168 });
    const startedAt = Date.now() - 24 * HOUR;
    await makeCall(world.sql, connection, { customerNumber: PHONE, startedAt, result: 'answered' });
    await rig.look(campaign);
    expect(rig.asked).toEqual([]);
    const { gate, inMs } = await rig.lead(leadId);
    expect(gate).toBe('after_talk');
    expect((inMs ?? 0) / HOUR).toBeCloseTo(144, 1);
  });
});

describe('what a call comes to', () => {
  it('brings a lead back no sooner than it asked to be called', async () => {
    const leadId = await campaignOf();
    await rig.look(campaign);
    await world.sql.rows(`UPDATE campaign_lead SET not_before = now() + interval '7 days' WHERE id = $1`, [
      leadId,
    ]);
    const [attempt] = await rig.attempts(campaign);
    await makeCall(world.sql, connection, {
      ...{ vendorCallId: `call-${attempt?.id ?? ''}`, startedAt: Date.now() - 30_000, result: 'busy' },
      leg: { result: 'busy', talkSeconds: null, ringSeconds: 8 },
    });
    await rig.look(campaign);
    const { state, inMs } = await rig.lead(leadId);
    expect(state).toBe('waiting');
    expect((inMs ?? 0) / HOUR).toBeCloseTo(168, 1);
  });

  it('is not taken for what a later call comes to, which an agent asked for meanwhile', async () => {
    const leadId = await campaignOf();
    await world.sql.rows(`UPDATE campaign_lead SET state = 'dialling', next_at = NULL WHERE id = $1`, [
      leadId,
    ]);
    const first = await earlier(leadId, 'ended', 'unknown', { owed: true });
    const second = await earlier(leadId, 'answered', 'unknown', { owed: true });
    await rig.look(campaign);
    expect((await rig.lead(leadId)).state).toBe('dialling');
    expect(await rig.attempts(campaign)).toMatchObject([
      { id: first, owed: false },
      { id: second, owed: true },
    ]);
  });
});
