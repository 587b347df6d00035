import type { CampaignId, TenantId } from '#domain';
import { dueMailboxes } from '#db';
import { ALWAYS, makeCampaign, makeLead, makeWorker, setStanding } from '../builders/campaign.js';
import { makeAccount, makeOrder } from '../builders/dial-attempt.js';
import { hearsOf } from '../builders/feed.js';
import { makeCall } from '../builders/history.js';
import { CampaignRig } from '../harness/campaign-rig.js';
import { makeConnection, makeTenant, type TestConnection } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

const [FIRST, SECOND, THIRD] = ['+972502345601', '+972502345602', '+972502345603'] as const;

let world: World;
let tenant: TenantId;
let connection: TestConnection;
let rig: CampaignRig;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());
beforeEach(async () => {
  tenant = await makeTenant(world.sql);
  connection = await makeConnection(world.sql, tenant);
  await makeAccount(world.sql, connection);
  rig = new CampaignRig(world);
});

const states = async (campaign: CampaignId) => (await rig.attempts(campaign)).map(({ state }) => state);
const lead = (campaign: CampaignId, phone: string, traits = {}) =>
  makeLead(world.sql, { tenantId: tenant, campaignId: campaign }, phone, traits);
const numbers = () =>
  rig.asked.map(({ order }) => (order.first.kind === 'number' ? order.first : order.second)?.value);

/** The PBX has told that the call of the only attempt came to this. */
async function callCameTo(campaign: CampaignId, result: string, { answered = result === 'answered' } = {}) {
  const [attempt] = await rig.attempts(campaign);
  const startedAt = Date.now() - 30_000;
  const times = { talkSeconds: answered ? 20 : null, ringSeconds: 8 };
  await makeCall(world.sql, connection, {
    vendorCallId: `call-${attempt?.id ?? ''}`,
    startedAt,
    result,
    leg: { result: result as 'busy', ...times },
  });
}

describe('a progressive campaign', () => {
  it('dials one lead for each agent who is free, the most urgent first, the longest free first', async () => {
    const campaign = await makeCampaign(world.sql, connection, { members: ['101', '102'] });
    await lead(campaign, FIRST);
    const urgent = await lead(campaign, SECOND, { priority: 5, customData: { ticket: '7' } });
    await lead(campaign, THIRD);
    await rig.look(campaign);
    expect(numbers()).toEqual([SECOND, FIRST]);
    expect(rig.asked[0]?.order).toMatchObject({
      kind: 'call',
      first: { kind: 'extension', value: '101' },
      variables: { ticket: '7' },
    });
    expect(await states(campaign)).toEqual(['accepted', 'accepted']);
    expect(await rig.lead(urgent)).toMatchObject({ state: 'dialling', inMs: null });
    await rig.look(campaign);
    expect(rig.asked).toHaveLength(2);
    expect(await rig.standing(campaign)).toMatchObject({ agents: { members: 2, free: 0, busy: 2 } });
  });

  it('rings nobody who is away, pauses, or has said nothing', async () => {
    const campaign = await makeCampaign(world.sql, connection);
    await lead(campaign, FIRST);
    const [away, silent] = [await makeWorker(world.sql, connection, '101'), '102'];
    await makeWorker(world.sql, connection, silent, null);
    await setStanding(world.sql, connection, away, 'paused');
    await world.sql.rows(
      `INSERT INTO campaign_member (campaign_id, extension, tenant_id, created_at)
       SELECT $1, e, $2, now() FROM unnest($3::text[]) e`,
      [campaign, tenant, ['101', silent]],
    );
    await rig.look(campaign);
    expect(rig.asked).toEqual([]);
    expect(await rig.standing(campaign)).toMatchObject({
      rule: 'no_agents',
      why: 'None of its members is logged in with a phone that is registered.',
    });
  });

  it('rings nobody whose phone is not registered, or is in a call, as only the PBX’s channel tells', async () => {
    const campaign = await makeCampaign(world.sql, connection, {
      members: ['101', '102', '103'],
      settings: { wrapSeconds: 0 },
    });
    for (const phone of [FIRST, SECOND, THIRD]) await lead(campaign, phone);
    const call = { vendorCallId: 'fed', since: Date.now() - 5_000 };
    await hearsOf(world.sql, connection, [
      { extension: '101', device: 'unreachable', calls: [] },
      { extension: '102', device: 'reachable', calls: [call] },
      { extension: '103', device: 'reachable', calls: [] },
    ]);
    await rig.look(campaign);
    expect(rig.asked.map(({ order }) => order.first.value)).toEqual(['103']);
    expect(await rig.standing(campaign)).toMatchObject({ agents: { members: 3, free: 1, busy: 1 } });
    // A webhook told the end of that call: it is over, whatever the channel says.
    await makeCall(world.sql, connection, { vendorCallId: 'fed' });
    await rig.look(campaign);
    expect(rig.asked.map(({ order }) => order.first.value)).toEqual(['103', '102']);
    // Nobody listens any more: what was told holds no longer.
    await world.sql.rows(`UPDATE mailbox SET lease_until = now() WHERE kind = 'feed'`);
    await rig.look(campaign);
    expect(rig.asked.map(({ order }) => order.first.value)).toEqual(['103', '102', '101']);
  });

  it('shows a lead the number of the phone it is dialled for, before the campaign’s and after its own', async () => {
    const own = '+97237654321';
    const shown = async (callerId: string | null, traits = {}) => {
      const campaign = await makeCampaign(world.sql, connection, { settings: { callerId } });
      await world.sql.rows(`INSERT INTO campaign_member VALUES ($1, 'SIPDANA', $2, now())`, [
        campaign,
        tenant,
      ]);
      await world.sql.rows('DELETE FROM dial_attempt WHERE tenant_id = $1', [tenant]);
      await lead(campaign, FIRST, traits);
      await rig.look(campaign);
      return rig.asked.at(-1)?.order.callerId;
    };
    await makeWorker(world.sql, connection, '101');
    await world.sql.rows(
      `UPDATE extension SET aliases = '{SIPDANA}', caller_id = $2 WHERE connection_id = $1`,
      [connection.id, own],
    );
    expect(await shown(null)).toEqual({ first: FIRST, second: own });
    expect(await shown('+97230000000')).toEqual({ first: FIRST, second: own });
    expect(await shown(null, { callerId: 'Anonymous' })).toEqual({ first: FIRST, second: 'Anonymous' });
    await world.sql.rows('UPDATE extension SET caller_id = NULL WHERE connection_id = $1', [connection.id]);
    expect(await shown('+97230000000')).toEqual({ first: FIRST, second: '+97230000000' });
    expect(rig.asked).toHaveLength(4);
  });

  it('leaves an agent alone who is in a call, and for a while after it', async () => {
    const campaign = await makeCampaign(world.sql, connection, {
      members: ['101'],
      settings: { wrapSeconds: 60 },
    });
    const first = await lead(campaign, FIRST);
    await lead(campaign, SECOND);
    await rig.look(campaign);
    await callCameTo(campaign, 'answered');
    await rig.look(campaign);
    expect(await rig.lead(first)).toMatchObject({ state: 'done', attempts: 1, lastResult: 'answered' });
    await world.sql.rows(`UPDATE dial_attempt SET state = 'ended', look_at = NULL WHERE campaign_id = $1`, [
      campaign,
    ]);
    await rig.look(campaign);
    expect(rig.asked).toHaveLength(1);
    rig.clock.advance(61_000);
    await rig.look(campaign);
    expect(numbers()).toEqual([FIRST, SECOND]);
  });
});

describe('nobody is called twice', () => {
  it('by two campaigns that have the same number', async () => {
    const one = await makeCampaign(world.sql, connection, { members: ['101'] });
    const other = await makeCampaign(world.sql, connection, { members: ['102'] });
    await lead(one, FIRST);
    const second = await lead(other, FIRST);
    await Promise.all([rig.look(one), rig.look(other)]);
    await Promise.all([rig.look(one), rig.look(other)]);
    expect(rig.asked).toHaveLength(1);
    expect([(await states(one)).length, (await states(other)).length].sort()).toEqual([0, 1]);
    const held = await rig.lead(second);
    expect(['waiting', 'dialling']).toContain(held.state);
  });

  it('while somebody clicks on the number', async () => {
    await makeOrder(world.sql, connection, { phone: FIRST, state: 'accepted', extension: '109' });
    const campaign = await makeCampaign(world.sql, connection, { members: ['101'] });
    const held = await lead(campaign, FIRST);
    await rig.look(campaign);
    expect(rig.asked).toEqual([]);
    expect(await rig.lead(held)).toMatchObject({ state: 'waiting', gate: 'open_call' });
  });

  it('after a time-out, a reset, or a dialer that died before it sent', async () => {
    const campaign = await makeCampaign(world.sql, connection, { members: ['101', '102'] });
    const one = await lead(campaign, FIRST);
    rig.place = () => ({ kind: 'unknown', why: 'It did not answer.' });
    await rig.look(campaign);
    expect(await states(campaign)).toEqual(['unknown']);
    for (let look = 0; look < 5; look += 1) await rig.look(campaign);
    expect(rig.asked).toHaveLength(1);
    expect(await rig.lead(one)).toMatchObject({ state: 'dialling', attempts: 0 });
  });

  it('by a dialer that lost its lease, which writes nothing either', async () => {
    const campaign = await makeCampaign(world.sql, connection, { members: ['101'] });
    await lead(campaign, FIRST);
    const [old] = await rig.book.take('campaign', [campaign]);
    await world.sql.rows(`UPDATE mailbox SET fence = fence + 1 WHERE kind = 'campaign' AND id = $1`, [
      campaign,
    ]);
    expect(await rig.lookUnder(campaign, old?.fence ?? '')).toBe('gone');
    expect(rig.asked).toEqual([]);
    expect(await rig.standing(campaign)).toEqual({});
  });

  it('by a dialer that slept between its commit and its call', async () => {
    const campaign = await makeCampaign(world.sql, connection, { members: ['101'] });
    const one = await lead(campaign, FIRST);
    rig.beforeGate = () => {
      rig.clock.advance(6_000);
      return Promise.resolve();
    };
    await rig.look(campaign);
    expect(rig.asked).toEqual([]);
    expect(await states(campaign)).toEqual(['refused']);
    await rig.look(campaign);
    expect(await rig.lead(one)).toMatchObject({ state: 'waiting', attempts: 0, lastResult: 'refused' });
  });

  it('again under the next number, when it was never placed: it is the same try once more', async () => {
    const campaign = await makeCampaign(world.sql, connection, { members: ['101'] });
    const one = await lead(campaign, FIRST);
    rig.place = () => ({ kind: 'unknown', why: 'It did not answer.' });
    await rig.look(campaign);
    await world.sql.rows(
      `UPDATE dial_attempt SET state = 'not_placed', ended_at = now(), look_at = NULL WHERE campaign_id = $1`,
      [campaign],
    );
    await rig.look(campaign);
    const after = await rig.lead(one);
    expect(after).toMatchObject({ state: 'waiting', attempts: 0, lastResult: 'not_placed' });
    expect(after.inMs).toBeGreaterThan(0);
    expect(await rig.attempts(campaign)).toMatchObject([{ owed: false, result: 'not_placed' }]);
  });
});

describe('the last look before a call', () => {
  it('sees that the campaign was paused meanwhile', async () => {
    const campaign = await makeCampaign(world.sql, connection, { members: ['101'] });
    await lead(campaign, FIRST);
    rig.beforeGate = async () => {
      await world.sql.rows(`UPDATE campaign SET state = 'paused' WHERE id = $1`, [campaign]);
    };
    await rig.look(campaign);
    expect(rig.asked).toEqual([]);
    expect(await states(campaign)).toEqual([]);
  });

  it('sees that its rules were changed meanwhile, and judges nobody by the ones before', async () => {
    const campaign = await makeCampaign(world.sql, connection, { members: ['101'] });
    const one = await lead(campaign, FIRST);
    rig.beforeGate = async () => {
      rig.beforeGate = () => Promise.resolve();
      await world.sql.rows(
        `UPDATE campaign SET version = version + 1, settings = jsonb_set(settings, '{rules,neverDial}', $2) WHERE id = $1`,
        [campaign, JSON.stringify([FIRST])],
      );
    };
    await rig.look(campaign);
    expect([rig.asked, (await rig.lead(one)).state]).toEqual([[], 'waiting']);
    await rig.look(campaign);
    expect([rig.asked, (await rig.lead(one)).state]).toEqual([[], 'given_up']);
  });

  it('does not ring a phone that another campaign rings since it waited for the account', async () => {
    const one = await makeCampaign(world.sql, connection, { members: ['101'] });
    const other = await makeCampaign(world.sql, connection);
    await world.sql.rows(
      `INSERT INTO campaign_member (campaign_id, extension, tenant_id, created_at) VALUES ($1, '101', $2, now())`,
      [other, tenant],
    );
    await lead(one, FIRST);
    await lead(other, SECOND);
    let atGate = 0;
    let open: () => void = () => undefined;
    const both = new Promise<void>((resolve) => (open = resolve));
    rig.beforeGate = () => {
      atGate += 1;
      if (atGate === 2) open();
      return both;
    };
    await Promise.all([rig.look(one), rig.look(other)]);
    expect(rig.asked).toHaveLength(1);
  });

  it('shows another caller id where one was shown as often as it may be in a day, and waits where all were', async () => {
    const campaign = await makeCampaign(world.sql, connection, {
      members: ['101', '102', '103', '104'],
      settings: { callerIds: { IL: ['+97231111111', '+97232222222'] } },
      rules: { callerIdPerDay: 1 },
    });
    for (const phone of [FIRST, SECOND, THIRD]) await lead(campaign, phone);
    await rig.look(campaign);
    const shown = () => rig.asked.map(({ order }) => order.callerId.second).sort();
    expect(shown()).toEqual(['+97231111111', '+97232222222']);
    await rig.look(campaign);
    expect(shown()).toHaveLength(2);
    const [held] = await world.sql.rows<{ gate: string; hours: number }>(
      `SELECT gate, extract(epoch FROM next_at - now()) / 3600 AS hours FROM campaign_lead WHERE campaign_id = $1 AND state = 'waiting'`,
      [campaign],
    );
    expect(held?.gate).toBe('caller_id_quota');
    expect(Number(held?.hours)).toBeGreaterThan(23);
  });

  it('has nobody wait behind many whom a rule holds back', async () => {
    const campaign = await makeCampaign(world.sql, connection, { members: ['101'] });
    await world.sql.rows(
      `INSERT INTO do_not_call SELECT $1, '+97250240' || lpad(n::text, 4, '0'), NULL, 'test', now() FROM generate_series(1, 60) n`,
      [tenant],
    );
    for (let n = 1; n <= 60; n += 1) {
      await lead(campaign, `+97250240${String(n).padStart(4, '0')}`, { priority: 1 });
    }
    await lead(campaign, FIRST);
    await rig.look(campaign);
    expect(numbers()).toEqual([FIRST]);
  });

  it('is looked at again when leads come while it is looked at', async () => {
    const campaign = await makeCampaign(world.sql, connection, { members: ['101'] });
    await lead(campaign, FIRST);
    rig.beforeGate = async () => {
      rig.beforeGate = () => Promise.resolve();
      // The only one may not be called, so this look finds nothing to wait for.
      await world.sql.rows(`INSERT INTO do_not_call VALUES ($1, $2, NULL, 'test', now())`, [tenant, FIRST]);
      await world.sql.rows(`UPDATE campaign SET due_at = now() - interval '1 s' WHERE id = $1`, [campaign]);
    };
    const [lease] = await rig.book.take('campaign', [campaign]);
    const looked = await rig.lookUnder(campaign, lease?.fence ?? '');
    expect(looked).toMatchObject({ isBusy: true });
    expect((looked as { next: number }).next).toBeLessThan(Date.now());
    await rig.lookUnder(campaign, lease?.fence ?? '');
    const { due } = await world.sql.row<{ due: Date | null }>(
      'SELECT due_at AS due FROM campaign WHERE id = $1',
      [campaign],
    );
    expect(due).toBeNull();
  });

  it('comes at once for a lead that is put on the list while the campaign waits for another', async () => {
    const campaign = await makeCampaign(world.sql, connection, { members: ['101'] });
    const later = await lead(campaign, FIRST);
    await world.sql.rows(
      `UPDATE campaign_lead SET next_at = now() + interval '1 h', retry_at = now() + interval '1 h' WHERE id = $1`,
      [later],
    );
    await rig.drain(campaign);
    const due = await world.sql.row<{ inMs: number }>(
      `SELECT (extract(epoch FROM due_at - now()) * 1000)::float8 AS "inMs" FROM campaign WHERE id = $1`,
      [campaign],
    );
    expect(due.inMs).toBeGreaterThan(50 * 60_000);
    expect(await dueMailboxes(world.hot, 'campaign')).not.toContain(campaign);
    await lead(campaign, SECOND);
    await world.sql.rows(`UPDATE campaign SET due_at = now() - interval '1 s' WHERE id = $1`, [campaign]);
    expect(await dueMailboxes(world.hot, 'campaign')).toContain(campaign);
    await rig.drain(campaign);
    expect(numbers()).toEqual([SECOND]);
  });

  it('sees that the number was put on the list meanwhile', async () => {
    const campaign = await makeCampaign(world.sql, connection, { members: ['101'] });
    const one = await lead(campaign, FIRST);
    rig.beforeGate = async () => {
      await world.sql.rows(`INSERT INTO do_not_call VALUES ($1, $2, NULL, 'test', now())`, [tenant, FIRST]);
    };
    await rig.look(campaign);
    expect(rig.asked).toEqual([]);
    expect(await rig.lead(one)).toMatchObject({ state: 'given_up', gate: 'do_not_call' });
  });

  it('counts earlier calls to the number from their rows, of whichever campaign', async () => {
    const campaign = await makeCampaign(world.sql, connection, {
      members: ['101'],
      rules: { maxPerPhone: [{ count: 2, hours: 24 }], minGapMinutes: 0 },
    });
    for (const sentAgoMs of [3_600_000, 7_200_000])
      await makeOrder(world.sql, connection, { phone: FIRST, state: 'ended', sentAgoMs, lookInMs: null });
    const one = await lead(campaign, FIRST);
    await rig.look(campaign);
    expect(rig.asked).toEqual([]);
    const held = await rig.lead(one);
    expect(held).toMatchObject({ state: 'waiting', gate: 'attempts_period' });
    expect(held.inMs).toBeGreaterThan(21 * 3_600_000);
  });

  it('puts a lead off until its window opens, and says so', async () => {
    const closed = { ...ALWAYS, mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
    const campaign = await makeCampaign(world.sql, connection, {
      members: ['101'],
      rules: { windows: { ...closed, mon: [['09:00', '09:01']] } },
    });
    const one = await lead(campaign, FIRST);
    await rig.look(campaign);
    const held = await rig.lead(one);
    // Unless this runs in the one minute.
    if (held.state === 'waiting') expect(held).toMatchObject({ gate: 'window' });
    await rig.look(campaign);
    expect(await rig.standing(campaign)).toMatchObject({ rule: 'leads_wait', why: held.reason });
  });

  it('sends no more a second than the account allows', async () => {
    await world.sql.rows('UPDATE pbx_account SET per_second = 2 WHERE connection_id = $1', [connection.id]);
    const campaign = await makeCampaign(world.sql, connection, { members: ['101', '102', '103', '104'] });
    for (let at = 1; at <= 4; at += 1) await lead(campaign, `+97250234560${String(at)}`);
    await rig.look(campaign);
    expect(rig.asked).toHaveLength(2);
    rig.clock.advance(1_000);
    await rig.look(campaign);
    expect(rig.asked).toHaveLength(4);
  });
});

describe('two campaigns of one PBX', () => {
  it('do not ring one agent for two leads, though both saw the agent free', async () => {
    const one = await makeCampaign(world.sql, connection, { members: ['101'] });
    const other = await makeCampaign(world.sql, connection);
    await world.sql.rows(`INSERT INTO campaign_member VALUES ($1, '101', $2, now())`, [other, tenant]);
    await lead(one, FIRST);
    await lead(other, SECOND);
    rig.beforeGate = async () => {
      rig.beforeGate = () => Promise.resolve();
      await rig.look(other);
    };
    await rig.look(one);
    expect(numbers()).toEqual([SECOND]);
    expect(await states(one)).toEqual([]);
  });

  it('share what its account allows, however many leads one of them has', async () => {
    await world.sql.rows('UPDATE pbx_account SET per_second = 4 WHERE connection_id = $1', [connection.id]);
    const phones = (first: number) => Array.from({ length: 8 }, (_, at) => String(first + at));
    const flood = await makeCampaign(world.sql, connection, { members: phones(101) });
    const other = await makeCampaign(world.sql, connection, { members: phones(201) });
    for (let at = 0; at < 8; at += 1) {
      await lead(flood, `+9725023457${String(10 + at)}`);
      await lead(other, `+9725023458${String(10 + at)}`);
    }
    rig.clock.chance = 0;
    // What the other one wants is known once it was looked at.
    await rig.look(other);
    rig.clock.advance(1_000);
    await rig.look(flood);
    expect([(await states(flood)).length, (await states(other)).length]).toEqual([2, 4]);
  });
});

describe('what a call came to', () => {
  it.each([
    ['busy', 'waiting', { busy: 1 }],
    ['missed', 'waiting', { unanswered: 1 }],
    ['failed', 'waiting', { failed: 1 }],
    ['answered', 'done', { answers: 1, served: 1 }],
  ])('decides about its lead: %s', async (result, state, tally) => {
    const campaign = await makeCampaign(world.sql, connection, { members: ['101'] });
    const one = await lead(campaign, FIRST);
    await rig.look(campaign);
    await callCameTo(campaign, result);
    await rig.look(campaign);
    const after = await rig.lead(one);
    expect(after).toMatchObject({ state, attempts: 1, lastResult: result });
    if (state === 'waiting') expect(after.inMs).toBeGreaterThan(60_000);
    const counted = await world.sql.row(
      'SELECT dials, answers, served, drops, busy, unanswered, failed FROM campaign_tally WHERE campaign_id = $1',
      [campaign],
    );
    const none = { answers: 0, served: 0, drops: 0, busy: 0, unanswered: 0, failed: 0 };
    expect(counted).toEqual({ ...none, dials: 1, ...tally });
    expect(await states(campaign)).toEqual(['ended']);
  });

  it('is told to a lead once, however often the dialer looks', async () => {
    const campaign = await makeCampaign(world.sql, connection, { members: ['101'] });
    const one = await lead(campaign, FIRST);
    await rig.look(campaign);
    await callCameTo(campaign, 'busy');
    for (let look = 0; look < 3; look += 1) await rig.look(campaign);
    expect((await rig.lead(one)).attempts).toBe(1);
  });

  it('does not bring back a lead that was taken off the list while it rang', async () => {
    const campaign = await makeCampaign(world.sql, connection, { members: ['101'] });
    const one = await lead(campaign, FIRST);
    await rig.look(campaign);
    await world.sql.rows(`UPDATE campaign_lead SET state = 'removed' WHERE id = $1`, [one]);
    await callCameTo(campaign, 'busy');
    await rig.look(campaign);
    expect(await rig.lead(one)).toMatchObject({ state: 'removed' });
    expect(await rig.attempts(campaign)).toMatchObject([{ owed: false }]);
  });

  it('that a PBX refused goes back to the list, and not for ever', async () => {
    const campaign = await makeCampaign(world.sql, connection, { members: ['101'] });
    const one = await lead(campaign, FIRST);
    rig.place = () => ({ kind: 'refused', reason: 'No line is free.', code: '17', text: null });
    for (let tried = 0; tried < 12; tried += 1) {
      await world.sql.rows(
        `UPDATE campaign_lead SET next_at = now() - interval '1 s', retry_at = now() - interval '1 s'
         WHERE id = $1 AND state = 'waiting'`,
        [one],
      );
      await world.sql.rows(
        `UPDATE dial_attempt SET sent_at = sent_at - interval '1 day' WHERE lead_id = $1`,
        [one],
      );
      rig.clock.advance(3_600_000);
      await rig.look(campaign);
    }
    expect(await rig.lead(one)).toMatchObject({ state: 'given_up', attempts: 0 });
    expect(rig.asked.length).toBeGreaterThan(2);
    expect(rig.asked.length).toBeLessThan(12);
  });
});

describe('a predictive campaign', () => {
  it('rings leads first and puts them through to its queue, and counts who found nobody', async () => {
    const campaign = await makeCampaign(world.sql, connection, { mode: 'predictive', members: ['101'] });
    const one = await lead(campaign, FIRST);
    await rig.look(campaign);
    expect(rig.asked[0]?.order).toMatchObject({
      first: { kind: 'number', value: FIRST },
      second: { kind: 'queue', value: 'sales' },
    });
    await callCameTo(campaign, 'abandoned');
    await rig.look(campaign);
    expect(await rig.lead(one)).toMatchObject({ state: 'waiting', lastResult: 'abandoned' });
    const tally = await world.sql.row('SELECT answers, drops FROM campaign_tally WHERE campaign_id = $1', [
      campaign,
    ]);
    expect(tally).toEqual({ answers: 1, drops: 1 });
  });

  it('that has called nobody yet calls no more than there are free agents', async () => {
    const members = ['101', '102', '103'];
    const campaign = await makeCampaign(world.sql, connection, { mode: 'predictive', members });
    for (let at = 1; at <= 9; at += 1) await lead(campaign, `+97250234561${String(at)}`);
    await rig.look(campaign);
    await rig.look(campaign);
    expect(rig.asked).toHaveLength(3);
  });
});

describe('a message campaign', () => {
  it('needs nobody, and uses no more lines than it may', async () => {
    const announcement = { before: 'spring', digits: null, between: null, after: null };
    const campaign = await makeCampaign(world.sql, connection, {
      mode: 'message',
      settings: {
        announcement,
        pacing: {
          method: 'progressive',
          abandonTarget: 0.02,
          maxLines: 2,
          startCoefficient: null,
          waitingCap: null,
          waitLimitMs: 2_000,
        },
      },
    });
    for (let at = 1; at <= 3; at += 1) await lead(campaign, `+97250234562${String(at)}`);
    await rig.look(campaign);
    await rig.look(campaign);
    expect(rig.asked).toHaveLength(2);
    expect(rig.asked[0]?.order).toMatchObject({ kind: 'announce', announcement });
  });
});

it('says what stands in the way of a campaign', async () => {
  const campaign = await makeCampaign(world.sql, connection, { members: ['101'] });
  await rig.look(campaign);
  expect(await rig.standing(campaign)).toMatchObject({ rule: 'no_leads' });
  await world.sql.rows('UPDATE pbx_account SET enabled = false WHERE connection_id = $1', [connection.id]);
  await lead(campaign, FIRST);
  await rig.look(campaign);
  expect(await rig.standing(campaign)).toMatchObject({ rule: 'no_account' });
  await world.sql.rows(`UPDATE campaign SET state = 'stopped' WHERE id = $1`, [campaign]);
  await rig.look(campaign);
  expect(await rig.standing(campaign)).toMatchObject({ rule: 'campaign_state' });
});

describe('a lead that was erased while its call went on', () => {
  it('leaves no attempt that is owed, and nobody is called again', async () => {
    const campaign = await makeCampaign(world.sql, connection, { members: ['101'] });
    const gone = await lead(campaign, FIRST);
    await rig.look(campaign);
    await world.sql.rows('DELETE FROM campaign_lead WHERE id = $1', [gone]);
    await rig.look(campaign);
    expect(await rig.standing(campaign)).toMatchObject({ calls: { dialling: 1 } });
    await callCameTo(campaign, 'busy');
    await rig.look(campaign);
    expect(await rig.attempts(campaign)).toMatchObject([{ owed: false, result: 'busy' }]);
    await rig.look(campaign);
    expect(rig.asked).toHaveLength(1);
  });
});
