/** Carries one event into a CRM: a conversation of several requests, judged as one try. */
import {
  countryOfNumber,
  instant,
  numberKey,
  type Instant,
  type Outcome,
  type TenantId,
  type EndpointId,
  type CallId,
} from '#domain';
import type { CrmStore, DueDelivery } from '#db';
import { CrmFault, LARGEST_CRM_ANSWER, LeaseLost, logCall, openTalk, outsideOf, type CrmTalk } from '#crm';
import type { Writing } from '#formats';
import type { Clock, HttpSender } from '#platform';
import type { AuthorisedRoute } from '../route.js';
import type { Exchanged } from '../send-messages.js';
import type { SignedRequest } from '../signed-request.js';
import { keptByDatabase } from './kept-by-database.js';
import { OneAtATime } from './one-at-a-time.js';

type Entry = Extract<Writing, { kind: 'entry' }>;

/** How the conversation ended; it is told by the exchange that decided it, which is its last. */
export type CarriedEntry =
  | {
      kind: 'exchanged';
      /** Null where nothing was sent. */
      request: SignedRequest | null;
      sent: Exchanged;
      outcome: Outcome;
      at: Instant;
      done: readonly string[];
    }
  | { kind: 'aborted' }
  | { kind: 'lease-lost' }
  /** The CRM has it all. */
  | { kind: 'nothing-left' }
  /** `reason` goes on from "It is not logged:". */
  | { kind: 'not-wanted'; reason: string }
  | { kind: 'later'; waitMs: number; reason: string };

type Told = Extract<CarriedEntry, { kind: 'exchanged' }>;

export interface CarryEntryParts {
  sender: Pick<HttpSender, 'send'>;
  clock: Pick<Clock, 'now'>;
  store: Pick<CrmStore, 'read' | 'write' | 'callNow' | 'lastServed'>;
}

const NO_TIMINGS = { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 0 };
const KEPT_CHARACTERS = 16 * 1024;

export class CarryEntry {
  /** Of one number: two calls of somebody new would make two contacts. */
  private readonly turns = new OneAtATime();

  constructor(private readonly parts: CarryEntryParts) {}

  /** @throws AppError `database.unavailable` */
  run(writing: Entry, delivery: DueDelivery, route: AuthorisedRoute): Promise<CarriedEntry> {
    const { e164 } = outsideOf(writing.call);
    const whose = e164 === null ? (delivery.callId ?? delivery.id) : numberKey(e164);
    return this.turns.run(`${route.target.endpointId} ${whose}`, () => this.carry(writing, delivery, route));
  }

  private async carry({ call }: Entry, delivery: DueDelivery, route: AuthorisedRoute): Promise<CarriedEntry> {
    const { writer, target, fence } = route;
    if (writer.crm === undefined) throw new Error('An entry was written by a format that is no connector.');
    const { connector, crm, policy } = writer.crm;
    const owner = ownerOf(delivery, call.id, target.endpointId, fence);
    const talk = this.talkOf(countryOf(call), route, { connector, crm });
    const event = {
      type: delivery.eventType,
      sequence: delivery.sequence,
      occurredAt: delivery.event?.occurredAt ?? instant(this.parts.clock.now()),
      call,
    };
    const { io } = talk;
    try {
      const ledger = keptByDatabase(this.parts.store, owner);
      const logged = await logCall(event, { crm, connector, policy, ledger, io });
      if (logged.kind === 'later') return logged;
      if (logged.kind === 'nothing') return { kind: 'not-wanted', reason: logged.reason };
      if (logged.kind === 'there' || talk.last === undefined) return { kind: 'nothing-left' };
      const outcome = { class: 'delivered', note: logged.words } as const;
      return { kind: 'exchanged', ...shortened(talk.last), outcome, done: [] };
    } catch (error) {
      if (error instanceof LeaseLost) return { kind: 'lease-lost' };
      if (!(error instanceof CrmFault)) throw error;
      if (error.kind === 'aborted') return { kind: 'aborted' };
      const outcome = error.more.outcome ?? { class: 'refused', note: error.reason };
      const last = talk.last ? shortened(talk.last) : this.notAsked(error.reason);
      return { kind: 'exchanged', ...last, outcome, done: [] };
    }
  }

  /** The connector saw without asking that its CRM cannot take it. */
  private notAsked(message: string): Pick<Told, 'request' | 'sent' | 'at'> {
    const at = instant(this.parts.clock.now());
    const exchange = { kind: 'failed', cause: 'unknown', message } as const;
    const nothing = { sentAt: at, durationMs: 0, resolvedIp: null, timings: NO_TIMINGS };
    return { request: null, sent: { kind: 'exchanged', exchange, ...nothing }, at };
  }

  private talkOf(
    country: string,
    { target, signal, certificate, headers }: AuthorisedRoute,
    of: Pick<NonNullable<AuthorisedRoute['writer']['crm']>, 'connector' | 'crm'>,
  ): CrmTalk<Exchanged> {
    const { clock, sender } = this.parts;
    const { url, timeoutMs } = target;
    return openTalk<Exchanged>({
      ...of,
      ...{ url, country, headers },
      now: () => instant(clock.now()),
      send: async (request) => {
        const way = { timeoutMs, signal, certificate, keepBodyBytes: LARGEST_CRM_ANSWER };
        const sent = await sender.send({ ...request, ...way });
        return sent.kind === 'aborted' ? null : sent;
      },
    });
  }
}

/** As much of an answer as the delivery log keeps of any. */
function shortened<L extends { sent: Exchanged }>(last: L): L {
  const { exchange } = last.sent;
  if (exchange.kind !== 'answered' || exchange.body.length <= KEPT_CHARACTERS) return last;
  const body = exchange.body.slice(0, KEPT_CHARACTERS);
  return { ...last, sent: { ...last.sent, exchange: { ...exchange, body } } };
}

function ownerOf(
  { tenantId, callId }: DueDelivery,
  ofEvent: string,
  endpointId: EndpointId,
  fence: string,
): { tenantId: TenantId; endpointId: EndpointId; callId: CallId; fence: string } {
  // A test's event is of no call of ours; its sample has an id all the same.
  return { tenantId, endpointId, fence, callId: callId ?? (ofEvent as CallId) };
}

/** Of numbers that the CRM keeps without a country code. */
function countryOf(call: Entry['call']): string {
  const ours = call.direction === 'outbound' ? call.from : (call.did ?? call.to);
  const outside = outsideOf(call);
  return ours.country ?? outside.country ?? countryOfNumber(outside.e164 ?? '') ?? 'US';
}
