import {
  NOTHING_FED,
  instant,
  type AgentId,
  type CallId,
  type FeedNow,
  type Instant,
  type LiveCall,
} from '#domain';
import type { CallQueueNow, DialerNow, LiveNow, PhoneNow } from '#dialects';
import type { AgentStateNow } from './agent-states.js';
import { queueNumber } from '../vendor-api/stable-number.js';
import { fedCallNow, fedCallerNow, outwardId, phoneCallNow, queueCallerNow } from './phone-call-now.js';
import { PhoneIndex } from './phone-index.js';
import type { DirectoryPhone, VendorDirectory } from './vendor-directory.js';

/** The vendor's numbers of statuses: of an agent of whom nothing is known, and of a phone that is nobody's. */
const LOGGED_IN = 1;
const LOGGED_OUT = 2;

export type StatesNow = ReadonlyMap<AgentId, AgentStateNow>;

/** What stays with a phone when its calls are over. */
type Traces = Pick<PhoneNow, 'lastCallAt' | 'lastAnsweredAt' | 'lastHangupAt'>;

/**
 * What is going on at one connection, as a vendor's clients are told of it, folded from the calls of the live log and from what its
 * PBX's own channel tells beside them. Values in, values out; a phone that nothing happened to stays the same object, so that telling what changed costs what changed.
 */
export class VendorBoard {
  private readonly calls = new Map<CallId, LiveCall>();
  private readonly vendorCallIds = new Set<string>();
  /** By the phone's integer. */
  private readonly places = new Map<number, Set<CallId>>();
  private readonly traces = new Map<number, Traces>();
  /** Names of queues that were told: a queue that empties stays, or clients would ask for everything again. */
  private readonly queueNames = new Map<string, string>();
  private fed: FeedNow = NOTHING_FED;
  private fedPhones: ReadonlyMap<string, FeedNow['phones'][number]> = new Map();
  /** Stands in for times that the channel does not say. */
  private fedAt = instant(0);
  private dialers: readonly DialerNow[] = [];
  private index: PhoneIndex;
  private current: LiveNow;

  constructor(
    private directory: VendorDirectory,
    private states: StatesNow,
    calls: Iterable<LiveCall> = [],
  ) {
    this.index = new PhoneIndex(directory);
    this.current = this.whole(calls);
  }

  get now(): LiveNow {
    return this.current;
  }

  get timeZone(): string {
    return this.directory.timeZone;
  }

  /** The integers of an agent's phones. */
  phonesOf(agent: AgentId): number[] {
    return this.index.of(agent).map(({ number }) => number);
  }

  /** A call is otherwise than before. @param at  when we heard of it */
  apply(call: LiveCall, at: Instant): LiveNow {
    if (call.connectionId !== this.directory.connectionId) return this.current;
    const before = this.calls.get(call.id);
    const were = this.remove(call.id);
    const are = this.add(call);
    for (const number of new Set([...were, ...are])) this.trace(number, { before, call, at });
    const { phones, queues } = this.current;
    this.current = {
      ...this.current,
      phones: this.directory.phones.map((phone, index) => {
        const known = phones[index];
        const isTouched = were.has(phone.number) || are.has(phone.number);
        return known === undefined || isTouched ? this.phone(phone) : known;
      }),
      queues: before?.queue || call.queue ? this.queues() : queues,
      calls: this.open(),
    };
    return this.current;
  }

  /** What the PBX's channel tells that no call of ours does. A phone of which it tells the same stays the same object. */
  feed(fed: FeedNow, at: Instant): LiveNow {
    const before = this.fedPhones;
    this.fed = fed;
    this.fedAt = at;
    this.fedPhones = new Map(fed.phones.map((phone) => [phone.extension, phone]));
    const { phones } = this.current;
    this.current = {
      ...this.current,
      phones: this.directory.phones.map((phone, index) => {
        const known = phones[index];
        const isSame = before.get(phone.extension) === this.fedPhones.get(phone.extension);
        return known !== undefined && isSame ? known : this.phone(phone);
      }),
      queues: this.queues(),
      calls: this.open(),
    };
    return this.current;
  }

  /** Campaigns that call there, and what they have in the air. */
  dial(dialers: readonly DialerNow[]): LiveNow {
    const known = new Map(this.dialers.map((one) => [one.number, one]));
    this.dialers = dialers.map((one) => {
      const before = known.get(one.number);
      return before?.name === one.name && before.calls === one.calls ? before : one;
    });
    this.current = { ...this.current, dialers: this.dialers };
    return this.current;
  }

  /** All begins anew. */
  anew(calls: Iterable<LiveCall>): LiveNow {
    this.current = this.whole(calls);
    return this.current;
  }

  /** What agents said was read again, and the directory where that may be another one; null: it is as it was. */
  restate(directory: VendorDirectory | null, states: StatesNow): LiveNow {
    this.directory = directory ?? this.directory;
    this.states = states;
    if (directory) this.index = new PhoneIndex(directory);
    this.current = this.whole([...this.calls.values()]);
    return this.current;
  }

  private whole(calls: Iterable<LiveCall>): LiveNow {
    const { account, organisation, phones, connectionId } = this.directory;
    const own = [...calls].filter((call) => call.connectionId === connectionId);
    this.calls.clear();
    this.vendorCallIds.clear();
    this.places.clear();
    for (const call of own) this.add(call);
    return {
      account,
      organisation,
      phones: phones.map((phone) => this.phone(phone)),
      queues: this.queues(),
      dialers: this.dialers,
      calls: this.open(),
    };
  }

  /** @returns the phones that it is at */
  private add(call: LiveCall): Set<number> {
    if (call.over) return new Set();
    this.calls.set(call.id, call);
    this.vendorCallIds.add(call.vendorCallId);
    const numbers = new Set([...this.index.at(call)].map(({ number }) => number));
    for (const number of numbers) {
      const there = this.places.get(number) ?? new Set();
      this.places.set(number, there.add(call.id));
    }
    return numbers;
  }

  /** @returns the phones that it was at */
  private remove(id: CallId): Set<number> {
    const known = this.calls.get(id);
    if (known) this.vendorCallIds.delete(known.vendorCallId);
    this.calls.delete(id);
    const numbers = new Set<number>();
    for (const [number, there] of this.places) if (there.delete(id)) numbers.add(number);
    return numbers;
  }

  private trace(
    number: number,
    { before, call, at }: { before: LiveCall | undefined; call: LiveCall; at: Instant },
  ) {
    const known = this.traces.get(number);
    const isAnswered = before?.answeredAt == null && call.answeredAt !== null;
    const isHere = this.places.get(number)?.has(call.id) === true;
    this.traces.set(number, {
      lastCallAt: at,
      lastAnsweredAt: isAnswered && isHere ? at : (known?.lastAnsweredAt ?? null),
      lastHangupAt: isHere ? (known?.lastHangupAt ?? null) : at,
    });
  }

  private phone(phone: DirectoryPhone): PhoneNow {
    const agent = phone.agentId === null ? undefined : this.directory.agents.get(phone.agentId);
    const said = phone.agentId === null ? undefined : this.states.get(phone.agentId);
    const short = [phone.extension, ...phone.aliases].find((word) => /^[1-9]\d{0,8}$/.test(word));
    const calls = [...(this.places.get(phone.number) ?? [])].flatMap((id) => this.calls.get(id) ?? []);
    const fed = this.fedPhones.get(phone.extension);
    return {
      number: phone.number,
      extension: phone.extension,
      shortNumber: short === undefined ? null : Number(short),
      name: phone.label ?? agent?.name ?? phone.extension,
      agent: agent ?? null,
      status: said?.status ?? (agent === undefined ? LOGGED_OUT : LOGGED_IN),
      statusSince: said?.since ?? null,
      // As the PBX's channel tells it alone: what follows from a call is no change of the phone that clients would hear of.
      device: fed?.device ?? 'unknown',
      calls: [
        ...calls.map((call) => phoneCallNow(call, phone, this.directory)),
        ...(fed?.calls ?? [])
          .filter((call) => this.isUntold(call))
          .map((call) => fedCallNow(call, this.fedAt)),
      ],
      lastCallAt: null,
      lastAnsweredAt: null,
      lastHangupAt: null,
      ...this.traces.get(phone.number),
    };
  }

  private queues(): CallQueueNow[] {
    const waiting = new Map<string, LiveCall[]>();
    for (const [id, label] of this.directory.queues) this.queueNames.set(id, label);
    for (const call of this.calls.values()) {
      if (call.queue === null) continue;
      const { id, name } = call.queue;
      if (!this.queueNames.has(id)) this.queueNames.set(id, name ?? id);
      if (call.state === 'ringing') waiting.set(id, [...(waiting.get(id) ?? []), call]);
    }
    const fed = new Map(this.fed.queues.map((one) => [one.queue.id, one]));
    for (const [id, { queue }] of fed)
      if (!this.queueNames.has(id)) this.queueNames.set(id, queue.name ?? id);
    return [...this.queueNames].map(([id, name]) => ({
      number: queueNumber(id, this.directory.connectionId),
      name,
      callers: [
        ...(waiting.get(id) ?? []).map((call) => queueCallerNow(call, this.directory)),
        ...(fed.get(id)?.callers ?? [])
          .filter((caller) => this.isUntold(caller))
          .map((caller) => fedCallerNow(caller, this.fedAt)),
      ],
    }));
  }

  /** All of them, those that are nobody's yet included. */
  private open(): LiveNow['calls'] {
    const stateOf = ({ state }: LiveCall) => (state === 'answered' ? 'answered' : 'ringing');
    const callers = this.fed.queues.flatMap((queue) => queue.callers);
    return new Map<string, 'ringing' | 'answered'>([
      ...callers.map(({ vendorCallId }) => [vendorCallId, 'ringing'] as const),
      ...this.fed.phones.flatMap(({ calls }) =>
        calls.map(
          ({ vendorCallId, state }) => [vendorCallId, state === 'ringing' ? 'ringing' : 'answered'] as const,
        ),
      ),
      ...[...this.calls.values()].map((call) => [outwardId(call, this.directory), stateOf(call)] as const),
    ]);
  }

  /** A call of ours may have come to be known a moment before the channel's words of it are left out. */
  private isUntold({ vendorCallId }: { vendorCallId: string }): boolean {
    return !this.vendorCallIds.has(vendorCallId);
  }
}
