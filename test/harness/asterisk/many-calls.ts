import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../../../apps/simulator/index.js';
import { until } from '../until.js';
import { dialledOf, type AsteriskOffice, type SeenCall } from './asterisk-office.js';

/** How many of each make an hour of an office, pressed into half a minute. */
export const KINDS = {
  answered: 60,
  busy: 25,
  unanswered: 18,
  cancelled: 20,
  outbound: 20,
  outboundBusy: 5,
  internal: 10,
  queued: 18,
  transferred: 8,
  handedOver: 4,
  ordered: 12,
} as const;
export type Kind = keyof typeof KINDS;

export interface PlannedCall {
  kind: Kind;
  /** Whom nobody else of this run calls, and who calls nobody else. */
  customer: string;
  talkMs: number;
}

/** Orders a call by the product: an extension first, then the customer. Resolves when it is placed. */
export type PlaceOrder = (extension: string, customer: string) => Promise<unknown>;

const ANSWERS = ['101', '106', '107'];
/** Whoever dials the trunk by a number that ends so finds it busy. */
const BUSY = '99';
const WITHIN_MS = 60_000;
const RINGS_BEFORE_CANCEL_MS = 800;

/** In a mixed order, the same for the same seed. */
export function planCalls(seed: number): PlannedCall[] {
  const random = seededRandom(seed);
  const kinds = Object.entries(KINDS).flatMap(([kind, count]) => Array<Kind>(count).fill(kind as Kind));
  return kinds
    .map((kind) => ({ kind, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ kind }, index) => ({
      kind,
      customer: `0501${String(100 + index)}0${kind === 'outboundBusy' ? BUSY : '11'}`,
      talkMs: 1_000 + Math.floor(random() * 1_500),
    }));
}

/** Plays calls to an office: each kind as its people would. */
export class ManyCalls {
  private next = 0;

  constructor(
    private readonly office: AsteriskOffice,
    private readonly order: PlaceOrder,
  ) {}

  /** Resolves when the call is over. */
  play(call: PlannedCall): Promise<unknown> {
    return this.players[call.kind](call);
  }

  /** One after the other begins. @param everyMs  between two beginnings */
  async playAll(calls: readonly PlannedCall[], everyMs: number): Promise<void> {
    const under: Promise<unknown>[] = [];
    for (const call of calls) {
      under.push(
        this.play(call).catch((error: unknown) => {
          throw new Error(`${call.kind} of ${call.customer}: ${String(error)}`);
        }),
      );
      await delay(everyMs);
    }
    await Promise.all(under);
  }

  private readonly players: Record<Kind, (call: PlannedCall) => Promise<unknown>> = {
    answered: (call) => this.talkIn(call, `07220001${this.someone().slice(1)}`),
    busy: ({ customer }) => this.office.callIn(customer, '0722000102').ended,
    unanswered: ({ customer }) => this.office.callIn(customer, '0722000103').ended,
    cancelled: async ({ customer }) => {
      const call = this.office.callIn(customer, '0722000103');
      await call.ringing;
      await delay(RINGS_BEFORE_CANCEL_MS);
      call.cancel();
      return call.ended;
    },
    outbound: (call) => this.talkOut(call, call.customer),
    outboundBusy: ({ customer }) => this.office.phone(this.someone()).call(customer).ended,
    internal: (call) => this.talkOut(call, this.someone(), '105'),
    queued: async (planned) => {
      const call = this.office.callIn(planned.customer, '0722000600');
      await this.answeredBy(['104', '105'], planned.customer);
      await delay(planned.talkMs);
      call.hangUp();
      return call.ended;
    },
    transferred: async (planned) => {
      const { call, seen } = await this.reach(planned.customer, '101');
      seen.call.transfer('106');
      await this.answeredBy(['106'], planned.customer);
      await delay(planned.talkMs);
      call.hangUp();
      return call.ended;
    },
    handedOver: async (planned) => {
      const { call, seen } = await this.reach(planned.customer, '101');
      const asked = this.office.phone('101').call('107');
      await asked.answered;
      await delay(planned.talkMs);
      seen.call.transferTo(asked);
      await asked.ended;
      await delay(planned.talkMs);
      call.hangUp();
      return call.ended;
    },
    ordered: async ({ customer, talkMs }) => {
      await this.order('107', customer);
      const seen = await until(
        `the customer ${customer} to be dialled`,
        () => this.toCustomer(customer)[0],
        WITHIN_MS,
      );
      await seen.call.answered;
      await delay(talkMs);
      seen.call.hangUp();
      return seen.call.ended;
    },
  };

  /** Every call that reached a customer by the trunk. */
  toCustomer(customer: string): SeenCall[] {
    return this.office.seen.filter(({ phone, call }) => phone === 'trunk' && dialledOf(call) === customer);
  }

  private async talkIn({ customer, talkMs }: PlannedCall, number: string): Promise<unknown> {
    const call = this.office.callIn(customer, number);
    await call.answered;
    await delay(talkMs);
    call.hangUp();
    return call.ended;
  }

  private async talkOut({ talkMs }: PlannedCall, number: string, from = this.someone()): Promise<unknown> {
    const call = this.office.phone(from).call(number);
    await call.answered;
    await delay(talkMs);
    call.hangUp();
    return call.ended;
  }

  /** A customer who talks to an extension. */
  private async reach(customer: string, extension: string) {
    const call = this.office.callIn(customer, `07220001${extension.slice(1)}`);
    await call.answered;
    const seen = await this.answeredBy([extension], customer);
    await delay(RINGS_BEFORE_CANCEL_MS);
    return { call, seen };
  }

  private answeredBy(phones: readonly string[], customer: string): Promise<SeenCall> {
    const answered = () =>
      phones.map((phone) => this.office.seenBy(phone, customer)).find((seen) => seen?.answeredAt != null);
    return until(`${customer} to be answered by ${phones.join(' or ')}`, answered, WITHIN_MS);
  }

  private someone(): string {
    this.next += 1;
    return ANSWERS[this.next % ANSWERS.length] ?? '101';
  }
}
