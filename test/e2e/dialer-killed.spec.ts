/** Real dialer processes are killed and stopped while they dial: whatever happens, nobody is called twice and no lead is lost. */
import type pg from 'pg';
import type { CampaignId } from '#domain';
import { ApiServer, type FateDigits } from '../../apps/simulator/index.js';
import { makeCampaign, makeLead } from '../builders/campaign.js';
import { makeVoicenterAccount } from '../builders/dial-attempt.js';
import { BACKENDS } from '../harness/backends.js';
import { Chain } from '../harness/chain.js';
import { CommitGate } from '../harness/commit-gate.js';
import type { ProductProcess } from '../harness/product.js';
import { makeConnection, type TestConnection } from '../harness/tenant.js';
import { until } from '../harness/until.js';

const LEADS = 20;
/** Calls are over before they are told of: the PBX's clock is behind by more than one lasts. */
const BEHIND_MS = 60_000;
const SPEED = 20;
/** How long the PBX keeps whoever ordered waiting, so that there is a moment to die in. */
const ANSWERS_AFTER_MS = 200;
const STOPS_WITHIN_MS = 2_000;
const FATES: readonly FateDigits[] = [
  ...(['00', '00', '00', '00', '00', '11', '12', '13', '20', '21'] as const),
  ...(['30', '31', '32', '33', '34', '35', '37', '40', '41', '42'] as const),
];

interface Attempt extends pg.QueryResultRow {
  id: string;
  phone: string;
  state: string;
  owed: boolean;
}

interface Lead extends pg.QueryResultRow {
  phone: string;
  state: string;
  attempts: number;
}

describe.each(BACKENDS)('when dialers are killed and stopped, on $name', (backend) => {
  let chain: Chain;
  let habits: ConstructorParameters<typeof ApiServer>[0];
  let pbx: ApiServer;
  let connection: TestConnection;
  let campaign: CampaignId;
  let dialers: ProductProcess[];
  let gate: CommitGate;

  beforeEach(async () => {
    chain = await Chain.open(backend, { eventTypes: ['order.*'] });
    gate = await CommitGate.open(chain.sql);
    connection = await makeConnection(chain.sql, chain.endpoint.tenantId);
    await chain.start('ingress', 'enricher', 'forwarder');
    habits = {
      ...{ vendor: 'voicenter', now: () => Date.now() - BEHIND_MS, speed: SPEED },
      ...{ answersAfterMs: ANSWERS_AFTER_MS, ingressUrl: chain.process('ingress').url(connection.basePath) },
    };
    pbx = new ApiServer(habits);
    await makeVoicenterAccount(chain.sql, connection, { url: await pbx.listen(), ...pbx.account });
    dialers = await Promise.all([chain.product.start('dialer'), chain.product.start('dialer')]);
  });
  afterEach(async () => {
    gate.close();
    await chain.close();
    await pbx.close();
  });

  /** Starts a campaign of all the office's agents, whose leads' numbers encode every fate. */
  const start = async (leads = LEADS, fates: readonly FateDigits[] = FATES) => {
    const members = pbx.desk.office.agents.map(({ sip }) => sip);
    const settings = { wrapSeconds: 0, agentRingSeconds: 5, ringSeconds: 5 };
    campaign = await makeCampaign(chain.sql, connection, { members, settings, state: 'paused' });
    for (let at = 0; at < leads; at += 1) {
      const phone = `+97250${String(23_000 + at)}${fates[at % fates.length] ?? '00'}`;
      await makeLead(chain.sql, { tenantId: connection.tenantId, campaignId: campaign }, phone);
    }
    await chain.sql.rows(`UPDATE campaign SET state = 'running', due_at = now() WHERE id = $1`, [campaign]);
  };
  const attempts = () =>
    chain.sql.rows<Attempt>(
      'SELECT id, phone, state, owed FROM dial_attempt WHERE campaign_id = $1 ORDER BY id',
      [campaign],
    );
  const leads = () =>
    chain.sql.rows<Lead>('SELECT phone, state, attempts FROM campaign_lead WHERE campaign_id = $1', [
      campaign,
    ]);
  /** The process that has the campaign's lease. */
  const owner = async () => {
    const [row] = await chain.sql.rows<{ owner: string }>(
      `SELECT owner FROM mailbox WHERE kind = 'campaign' AND id = $1 AND lease_until > now()`,
      [campaign],
    );
    return dialers.find(({ pid }) => row?.owner.split(':').at(-2) === String(pid));
  };
  /** Grows with every lease of the campaign. */
  const fence = () =>
    chain.sql.count(`SELECT fence FROM mailbox WHERE kind = 'campaign' AND id = $1`, [campaign]);
  const killOwner = async () => {
    const found = await until('a dialer to have the campaign', owner, 30_000);
    await found.kill();
    dialers = [...dialers.filter((one) => one !== found), await chain.product.start('dialer')];
  };
  /** So much time goes by for orders that nobody is sending any more, and they are looked at. */
  const pass = async (time: string) => {
    await chain.sql.rows(
      `UPDATE dial_attempt SET sent_at = sent_at - $2::interval, look_at = now()
       WHERE campaign_id = $1 AND look_at IS NOT NULL AND sent_at < now() - interval '4 seconds'`,
      [campaign, time],
    );
  };
  /** Leads whose calls were not placed are not kept waiting. */
  const tryAgain = async () => {
    await chain.sql.rows(
      `UPDATE campaign_lead SET next_at = now(), retry_at = now()
       WHERE campaign_id = $1 AND state = 'waiting' AND last_result = 'not_placed'`,
      [campaign],
    );
    await chain.sql.rows(`UPDATE campaign SET due_at = now() WHERE id = $1`, [campaign]);
  };
  /** Those whose time it is: as long as there are any, no more time goes by, or the PBX's history would be asked for another hour. */
  const toBeLookedAt = () =>
    chain.sql.count('SELECT count(*) FROM dial_attempt WHERE campaign_id = $1 AND look_at <= now()', [
      campaign,
    ]);
  /** Waits, and has time go by: what is unclear takes its minutes. */
  const inTime = (what: string, look: () => Promise<boolean> | boolean) =>
    until(
      what,
      async () => {
        if ((await toBeLookedAt()) === 0) await pass('50 seconds');
        return look();
      },
      90_000,
    );
  const mostCalls = () => Math.max(0, ...pbx.desk.calls.map(({ outside }) => pbx.desk.placedTo(outside)));
  /** All leads have been told what their calls came to. */
  const settled = async () => {
    const all = await attempts();
    const owed = all.filter((one) => one.owed).map(({ state }) => state);
    const called = new Set(all.map(({ phone }) => phone));
    if (owed.length > 0) throw new Error(`${owed.length} are open: ${owed.join()}`);
    if (called.size < LEADS) throw new Error(`${called.size} of ${LEADS} were tried`);
    return true;
  };

  it('calls nobody twice and loses nobody, killed before its calls and while the PBX answers', async () => {
    await gate.shut();
    await start();
    await until('a dialer to commit', () => gate.isWaitedAt(), 30_000);
    const dead = await until('a dialer to have the campaign', owner);
    await dead.kill();
    await gate.open();
    const unsent = await until('the commit of the dead', async () => {
      const all = await attempts();
      return all.length > 0 ? all : undefined;
    });
    dialers = [...dialers.filter((one) => one !== dead), await chain.product.start('dialer')];
    const theirs = unsent.map(({ id }) => id);
    await inTime('it to be found out', async () =>
      (await attempts()).every(({ id, owed }) => !owed || !theirs.includes(id)),
    );
    const bodies = pbx.requests.map(({ form }) => form.get('var_att'));
    expect(theirs.filter((id) => bodies.includes(id))).toEqual([]);
    await tryAgain();
    // The PBX has their calls, and nobody has written its answer.
    const isUnanswered = ({ state, phone }: Attempt) => state === 'sending' && pbx.placedTo(phone) > 0;
    await until('calls that are not answered yet', async () => (await attempts()).some(isUnanswered), 30_000);
    await killOwner();
    await inTime('every call to be settled', settled);

    expect(mostCalls()).toBe(1);
    const told = await leads();
    expect(told).toHaveLength(LEADS);
    expect(told.filter(({ state }) => !['done', 'given_up', 'waiting'].includes(state))).toEqual([]);
    const wrong = told.filter((lead) => lead.attempts !== pbx.placedTo(lead.phone));
    expect(wrong).toEqual([]);
  }, 240_000);

  it('writes what the PBX answers to the calls under way before it goes, told to stop', async () => {
    // Longer than anybody waits for a next look.
    habits.answersAfterMs = 3_000;
    await start(LEADS, ['00']);
    const isUnanswered = ({ state, phone }: Attempt) => state === 'sending' && pbx.placedTo(phone) > 0;
    await until('calls that are not answered yet', async () => (await attempts()).some(isUnanswered), 30_000);
    const exits = await Promise.all(dialers.map((dialer) => dialer.stop()));
    expect(exits.map(({ code }) => code)).toEqual([0, 0]);
    const left = await attempts();
    expect(left.filter(({ state }) => state === 'sending' || state === 'unknown')).toEqual([]);
    expect(pbx.desk.calls).toHaveLength(left.length);
    dialers = [await chain.product.start('dialer')];
    await inTime('every call to be settled', settled);
    expect(mostCalls()).toBe(1);
  }, 240_000);

  it('dials nobody and writes nothing when it wakes up after its lease is gone', async () => {
    await gate.shut();
    await start(1, ['00']);
    await until('a dialer to commit', () => gate.isWaitedAt(), 30_000);
    const sleeper = await until('a dialer to have the campaign', owner);
    sleeper.signal('SIGSTOP');
    const held = await fence();
    await gate.open();
    await until('its commit', async () => (await attempts()).length === 1);
    await until('another to take over', async () => (await fence()) > held, 30_000);
    // Its order is looked for in vain, given back to the list, and placed by the other one.
    await inTime('it to be given back', async () => (await attempts())[0]?.owed === false);
    await tryAgain();
    await until('the other to dial', () => pbx.desk.calls.length === 1, 30_000);
    const asked = pbx.requests.filter(({ path }) => path.includes('click2call')).length;
    sleeper.signal('SIGCONT');
    await until('it to be awake', async () => (await fetch(sleeper.url('/health/live'))).ok);
    await until('the call to be over', async () => (await leads())[0]?.state === 'done', 30_000);
    expect(pbx.requests.filter(({ path }) => path.includes('click2call'))).toHaveLength(asked);
    expect([mostCalls(), pbx.desk.calls.length]).toEqual([1, 1]);
    expect(await leads()).toMatchObject([{ state: 'done', attempts: 1 }]);
    expect((await attempts()).map(({ state }) => state)).toEqual(['not_placed', 'ended']);
  });

  it('stops calling within two seconds when the campaign is paused', async () => {
    await start(LEADS, ['00']);
    await until('the PBX to place calls', () => pbx.desk.calls.length > 5, 30_000);
    await chain.sql.rows(`UPDATE campaign SET state = 'paused', due_at = now() WHERE id = $1`, [campaign]);
    const pausedAt = Date.now() - BEHIND_MS;
    const left = () => pbx.desk.calls.some((call) => pbx.desk.isLive(call));
    await until(
      'the calls that go on to be over',
      async () => !left() && (await attempts()).every(({ owed }) => !owed),
      60_000,
    );
    const late = pbx.desk.calls.filter(({ startedAt }) => startedAt > pausedAt + STOPS_WITHIN_MS);
    expect(late.map(({ outside }) => outside)).toEqual([]);
    expect((await attempts()).length).toBeLessThan(LEADS);
    expect(mostCalls()).toBe(1);
  });
});
