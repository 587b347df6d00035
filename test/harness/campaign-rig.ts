import type { QueryResultRow } from 'pg';
import { countryOfNumber, type CampaignId, type LeadId, type Order, type OrderId } from '#domain';
import { CampaignStore, MailboxLeaseBook, OperationalEvents, OrderStore } from '#db';
import { SecretBox, matchesPayload, newId } from '#platform';
import type { DriverAnswer, PbxDriver, Placed } from '#pbx';
import { DrainCampaign } from '../../apps/dialer/drain-campaign.js';
import { OpenPbx } from '../../apps/dialer/open-pbx.js';
import { SendAttempts } from '../../apps/dialer/send-attempts.js';
import { TellCampaign } from '../../apps/dialer/tell-campaign.js';
import { drainOnce } from './drain-once.js';
import { TestClock } from './forwarder-rig.js';
import { standInPbx } from './order-rig.js';
import { SECRET_KEYS } from './tenant.js';
import type { World } from './world.js';

export interface SeenLead extends QueryResultRow {
  state: string;
  attempts: number;
  gate: string | null;
  reason: string | null;
  lastResult: string | null;
  /** Until it is next looked at. */
  inMs: number | null;
}

export interface SeenAttempt extends QueryResultRow {
  id: OrderId;
  leadId: LeadId;
  state: string;
  owed: boolean;
  result: string | null;
}

/** What a PBX was asked to dial. */
export interface AskedOrder {
  order: Order;
  correlator: string;
}

type Place = (asked: AskedOrder) => Promise<DriverAnswer<Placed>> | DriverAnswer<Placed>;

/** The dialer on a real database, without its process and its queue. The PBX answers as the test says, and counts. */
export class CampaignRig {
  readonly clock = new TestClock();
  readonly store: CampaignStore;
  /** All that the PBX was sent, in order. */
  readonly asked: AskedOrder[] = [];
  /** What it answers; a call with an id of its own where nothing is said. */
  place: Place = ({ correlator }) => ({ kind: 'done', vendorCallId: `call-${correlator}` });
  /** Runs when the campaign was looked at, before the gate is. */
  beforeGate: () => Promise<void> = () => Promise.resolve();
  readonly book: MailboxLeaseBook;
  private readonly sending: SendAttempts;

  constructor(private readonly world: World) {
    this.store = new CampaignStore(world.hot, countryOfNumber);
    this.book = new MailboxLeaseBook(world.hot, 60_000, () => this.clock.now());
    this.sending = new SendAttempts({
      store: this.store,
      ringer: { ring: () => undefined },
      clock: this.clock,
      log: world.log,
    });
  }

  /** One look of the dialer, and the PBX's answers to what it sent. */
  async look(campaignId: CampaignId): Promise<void> {
    const [lease] = await this.book.take('campaign', [campaignId]);
    if (!lease) throw new Error('Somebody else has the campaign.');
    try {
      await this.lookUnder(campaignId, lease.fence);
    } finally {
      await this.book.release(lease, {});
    }
  }

  async lookUnder(campaignId: CampaignId, fence: string): Promise<unknown> {
    const looked = await this.drainer().look({ campaignId, fence });
    await this.sending.settled();
    return looked;
  }

  /** What a ring comes to: one look, after which the campaign is given back. */
  async drain(campaignId: CampaignId): Promise<void> {
    let end: () => void = () => undefined;
    const drainer = this.drainer(() => end());
    const drain = { book: this.book, clock: this.clock, drain: drainer.drain.bind(drainer) };
    const drained = await drainOnce(drain, 'campaign', campaignId, (slice) => (end = () => slice.end()));
    if (drained === 'not to be had') throw new Error('Nobody gets the campaign.');
    await this.sending.settled();
  }

  lead(leadId: LeadId): Promise<SeenLead> {
    return this.world.sql.row<SeenLead>(
      `SELECT state, attempts, gate, reason, last_result AS "lastResult",
              (extract(epoch FROM next_at - now()) * 1000)::float8 AS "inMs" FROM campaign_lead WHERE id = $1`,
      [leadId],
    );
  }

  attempts(campaignId: CampaignId): Promise<SeenAttempt[]> {
    return this.world.sql.rows<SeenAttempt>(
      `SELECT id, lead_id AS "leadId", state, owed, result FROM dial_attempt WHERE campaign_id = $1 ORDER BY id`,
      [campaignId],
    );
  }

  async standing(campaignId: CampaignId): Promise<Record<string, unknown>> {
    const { standing } = await this.world.sql.row<{ standing: Record<string, unknown> }>(
      'SELECT standing FROM campaign WHERE id = $1',
      [campaignId],
    );
    return standing;
  }

  /** @param waits  told when it would wait for its next look */
  private drainer(waits: () => void = () => undefined): DrainCampaign {
    const driver: PbxDriver = standInPbx({
      can: { place_call: true, place_to_customer_first: true, announce: true },
      place: async (order, correlator) => {
        const asked = { order, correlator };
        this.asked.push(asked);
        return this.place(asked);
      },
    });
    const pbxs = new OpenPbx({
      store: new OrderStore(this.world.hot),
      sender: { send: () => Promise.reject(new Error('The stand-in sends nothing.')) },
      asker: { ask: () => Promise.resolve({ kind: 'refused', reason: 'No socket.' }) },
      box: SecretBox.fromKeys(SECRET_KEYS),
      clock: this.clock,
      driverOf: () => driver,
    });
    const store = Object.assign(Object.create(this.store) as CampaignStore, {
      dial: async (...given: Parameters<CampaignStore['dial']>) => {
        await this.beforeGate();
        return this.store.dial(...given);
      },
    });
    return new DrainCampaign({
      store,
      sending: this.sending,
      telling: new TellCampaign({
        events: new OperationalEvents(this.world.hot),
        ringer: { ring: () => undefined },
        matches: matchesPayload,
        newId,
      }),
      pbxs,
      clock: this.clock,
      log: this.world.log,
      newId: newId<OrderId>,
      wait: () => {
        waits();
        return Promise.resolve();
      },
    });
  }
}
