/** Carries one event into a CRM: a conversation of several requests, judged as one try. */
import {
  countryOfNumber,
  instant,
  type Instant,
  type Outcome,
  type TenantId,
  type EndpointId,
  type CallId,
} from '#domain';
import type { CrmStore, DueDelivery } from '#db';
import {
  CrmFault,
  LeaseLost,
  judgeExchange,
  logCall,
  outsideOf,
  requestOf,
  type Crm,
  type CrmIo,
  type CrmRequest,
} from '#crm';
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

export interface CarryEntryParts {
  sender: Pick<HttpSender, 'send'>;
  clock: Pick<Clock, 'now'>;
  store: Pick<CrmStore, 'read' | 'write' | 'callNow' | 'lastAgent'>;
}

interface Exchange {
  /** Null where nothing was sent. */
  request: SignedRequest | null;
  sent: Exchanged;
  at: Instant;
}

const USER_AGENT = 'Switchhook/1 (+https://switchhook.dev)';
/** CRMs answer with whole records, and with lists of them. */
const LARGEST_ANSWER = 2 * 1024 * 1024;
const KEPT_CHARACTERS = 16 * 1024;

export class CarryEntry {
  /** Of one number: two calls of somebody new would make two contacts. */
  private readonly turns = new OneAtATime();

  constructor(private readonly parts: CarryEntryParts) {}

  /** @throws AppError `database.unavailable` */
  run(writing: Entry, delivery: DueDelivery, route: AuthorisedRoute): Promise<CarriedEntry> {
    const number = outsideOf(writing.call).e164 ?? delivery.callId ?? delivery.id;
    return this.turns.run(`${route.target.endpointId} ${number}`, () => this.carry(writing, delivery, route));
  }

  private async carry({ call }: Entry, delivery: DueDelivery, route: AuthorisedRoute): Promise<CarriedEntry> {
    const { writer, target, fence } = route;
    if (writer.crm === undefined) throw new Error('An entry was written by a format that is no connector.');
    const { connector, crm, policy } = writer.crm;
    const owner = ownerOf(delivery, call.id, target.endpointId, fence);
    const talk = this.talkOf(countryOf(call), route);
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
      return {
        kind: 'exchanged',
        ...talk.last,
        outcome: { class: 'delivered', note: logged.words },
        done: [],
      };
    } catch (error) {
      if (error instanceof LeaseLost) return { kind: 'lease-lost' };
      if (!(error instanceof CrmFault)) throw error;
      if (error.kind === 'aborted') return { kind: 'aborted' };
      const outcome = error.more.outcome ?? { class: 'refused', note: error.reason };
      const last = talk.last ?? this.notAsked(error.reason);
      return { kind: 'exchanged', ...last, outcome, done: [] };
    }
  }

  /** The connector saw without asking that its CRM cannot take it. */
  private notAsked(reason: string): Exchange {
    const at = instant(this.parts.clock.now());
    const exchange = { kind: 'failed', cause: 'unknown', message: reason } as const;
    return {
      request: null,
      sent: { kind: 'exchanged', exchange, sentAt: at, durationMs: 0, resolvedIp: null, timings: NO_TIMINGS },
      at,
    };
  }

  private talkOf(country: string, route: AuthorisedRoute): { io: CrmIo; last: Exchange | undefined } {
    const { clock } = this.parts;
    const talk: { io: CrmIo; last: Exchange | undefined } = {
      last: undefined,
      io: {
        country,
        now: () => instant(clock.now()),
        ask: async (request) => {
          const exchange = await this.exchange(request, route);
          talk.last = { ...exchange, sent: shortened(exchange.sent) };
          const crm = route.writer.crm?.crm;
          const judge: Crm['judge'] = (reply, of) => crm?.judge?.(reply, of);
          return judgeExchange(exchange.sent.exchange, request, { now: exchange.at, judge });
        },
      },
    };
    return talk;
  }

  private async exchange(request: CrmRequest, route: AuthorisedRoute): Promise<Exchange> {
    const { target, signal, certificate } = route;
    const written = requestOf(request, target.url);
    const headers = { 'user-agent': USER_AGENT, ...written.headers, ...credentialsOf(route) };
    const authorised = { ...written, headers };
    const sent = await this.parts.sender.send({
      ...authorised,
      timeoutMs: target.timeoutMs,
      signal,
      certificate,
      // A second try by ourselves of what makes something could make it twice.
      mayRepeat: request.makes !== true,
      keepBodyBytes: LARGEST_ANSWER,
    });
    if (sent.kind === 'aborted') throw new CrmFault('aborted', 'We are shutting down.', { unclear: true });
    return { request: authorised, sent, at: instant(this.parts.clock.now()) };
  }
}

/** As much of an answer as the delivery log keeps of any. */
function shortened(sent: Exchanged): Exchanged {
  const { exchange } = sent;
  if (exchange.kind !== 'answered' || exchange.body.length <= KEPT_CHARACTERS) return sent;
  return { ...sent, exchange: { ...exchange, body: exchange.body.slice(0, KEPT_CHARACTERS) } };
}

/** An access token goes where the CRM wants it. */
function credentialsOf({ headers, writer }: AuthorisedRoute): Record<string, string> {
  const { authorization, ...own } = headers;
  const place = writer.crm?.connector.tokenHeader;
  if (authorization === undefined) return own;
  if (place === undefined || !authorization.startsWith('Bearer ')) return { ...own, authorization };
  return { ...own, [place.name]: `${place.prefix}${authorization.slice('Bearer '.length)}` };
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
