import {
  NOTHING_TOLD,
  NO_POPUPS,
  agentsOf,
  callTiming,
  changedPopups,
  closeCall,
  enrichCall,
  eventsOf,
  foldCall,
  isDecided,
  numberOutside,
  instant,
  liveCall,
  popupsAfter,
  sameValue,
  sayOfCall,
  settleAt,
  toldAlso,
  whichCall,
  whoIsTold,
  type AgentId,
  type Call,
  type CallContext,
  type CallEventId,
  type CallId,
  type CallLeg,
  type CallMatch,
  type CallNews,
  type CallTiming,
  type CallWord,
  type DeliveryId,
  type Instant,
  type EnrichedCall,
  type LiveCallChange,
  type PopupStates,
  type ReceiptId,
  type SaidOfCall,
  type TenantId,
  valuesOf,
} from '#domain';
import { dialectFor } from '#dialects';
import type {
  CallWrite,
  DeliveryWrite,
  Enrichment,
  EnrichmentContext,
  EventWrite,
  KnownCall,
  KnownCalls,
} from '#db';
import { matchesPayload } from '#platform';

/** New ids, in rising order. */
export interface NewIds {
  call: () => CallId;
  event: () => CallEventId;
  delivery: () => DeliveryId;
}

/** Our link to a recording, for whoever is told of the call. `told`: what the vendor calls the recording. */
export type LinkTo = (recording: { tenant: TenantId; call: CallId; told: string }) => string;

/** A call as it was, or as this batch has made it so far. */
interface Draft extends KnownCall {
  /** When we last learnt something of it. */
  learntAt: Instant;
  /** As they were before this batch. */
  popupsBefore: PopupStates;
  matchBefore: CallMatch | null;
}

/** Whose numbers are, by their E.164: those of the calls of a batch that nobody is known of yet. */
export type Matches = ReadonlyMap<string, CallMatch>;

/** What a message says of one call. */
export interface Told {
  vendorCallId: string;
  legs: readonly CallLeg[];
  receipt: { id: ReceiptId; receivedAt: Instant };
}

/** The calls that a batch changes, the events that follow, and who is owed them. Nothing in it but values and ids. */
export class CallDrafts {
  private readonly drafts = new Map<CallId, Draft>();
  /** Calls of this batch that were not known before, by the vendor's id. */
  private readonly made = new Map<string, CallId[]>();
  private readonly events: EventWrite[] = [];
  private readonly deliveries: DeliveryWrite[] = [];
  private readonly timing: CallTiming;

  constructor(
    private readonly context: EnrichmentContext,
    private readonly known: KnownCalls,
    private readonly makes: { ids: NewIds; linkTo: LinkTo },
    private readonly matches: Matches = NO_MATCHES,
  ) {
    const { sendsNoCdr = false, tellsEveryLeg = false } = dialectFor(context.dialect, context.settings) ?? {};
    this.timing = callTiming(context.settings, sendsNoCdr, tellsEveryLeg);
  }

  /** Folds a message into its call; a replay or a duplicate changes nothing. */
  fold({ vendorCallId, legs, receipt }: Told): void {
    const at = receipt.receivedAt;
    const had = this.callsWith(vendorCallId);
    const which = whichCall(
      had.map(({ call }) => call),
      legs,
      { at, timing: this.timing },
    );
    const before = had.find(({ call }) => call.id === which?.id);
    const occurrence = before?.occurrence ?? nextOf(had);
    const id = before?.call.id ?? this.makes.ids.call();
    const ids = { id, connectionId: this.context.connectionId, vendorCallId };
    const context = this.contextOf(vendorCallId, occurrence, had);
    const { call: folded, changed } = foldCall(before?.call ?? null, legs, ids, context);
    if (!changed) return;
    const call = this.matched(folded);
    if (before === undefined) this.made.set(vendorCallId, [...(this.made.get(vendorCallId) ?? []), id]);
    this.tell(before, call, { receiptId: receipt.id, at, occurrence });
  }

  /**
   * Takes a word of ours; one that was given before changes nothing.
   *
   * @returns why it could not be taken
   */
  say(
    { vendorCallId, word }: SaidOfCall,
    { id: receiptId, receivedAt: at }: Told['receipt'],
  ): string | undefined {
    const had = this.callsWith(vendorCallId);
    if (word.kind === 'look_again') {
      // The call may not have begun to ring: then it is found when it does.
      for (const known of had) this.hear(known, word, { receiptId, at });
      return undefined;
    }
    const known = had.find(({ call }) => call.id === word.callId);
    if (known === undefined) return 'the call that it is about is not there';
    const isTaken = this.hear(known, word, { receiptId, at });
    return isTaken ? undefined : 'the call has as many notes as there may be';
  }

  /** @returns whether there was room for it */
  private hear(
    known: KnownCall,
    word: CallWord,
    { receiptId, at }: { receiptId: ReceiptId; at: Instant },
  ): boolean {
    const number = numberOutside(known.call, this.context.country);
    const found = number == null ? undefined : this.matches.get(number);
    const said = sayOfCall(known.call, word, { told: known.told, at, found });
    if (said === undefined) return false;
    const { call, news } = said;
    if (call !== known.call) {
      this.tell(known, call, { receiptId, at, occurrence: known.occurrence }, news);
    }
    return true;
  }

  /** Once it is known whose call it is that stays, whatever becomes of the directory. */
  private matched(call: Call): Call {
    if (this.matches.size === 0 || isDecided(call.match)) return call;
    const match = this.matches.get(numberOutside(call, this.context.country) ?? '');
    return match === undefined ? call : { ...call, match };
  }

  /** The calls that had this id, as this batch has made them so far. */
  private callsWith(vendorCallId: string): KnownCall[] {
    const known = this.known.calls.get(vendorCallId) ?? [];
    const made = this.made.get(vendorCallId) ?? [];
    if (known.length === 0 && made.length === 0) return [];
    const drafted = valuesOf(made, (id) => this.drafts.get(id));
    return [...known.map((one) => this.drafts.get(one.call.id) ?? one), ...drafted];
  }

  /** What is remembered under an id is of the call that has it now, unless it was there before that one began. */
  private contextOf(vendorCallId: string, occurrence: number, had: readonly KnownCall[]): CallContext | null {
    const context = this.known.contexts.get(vendorCallId) ?? null;
    if (context === null || had.some((other) => other.occurrence > occurrence)) return null;
    const before = had.find((other) => other.occurrence === occurrence - 1);
    return before?.call.closedAt != null && context.at <= before.call.closedAt ? null : context;
  }

  /**
   * Nothing more was heard of the call in time: its end is told with what is known, as of the time at which our patience
   * ended. Not as of now: we may have been away, or read its messages hours late.
   */
  close(known: KnownCall, now: Instant): void {
    const at = instant(Math.min(now, settleAt(known.call, this.timing, now) ?? now));
    const { occurrence } = known;
    this.tell(known, closeCall(known.call, at), { receiptId: null, at, occurrence });
  }

  /** @param live  whether somebody listens to what happens to calls */
  written(live: boolean): Pick<Enrichment, 'calls' | 'events' | 'deliveries' | 'live'> {
    const drafts = [...this.drafts.values()];
    const calls = drafts.map((draft) => this.callWrite(draft));
    const changes = live && drafts.length > 0 ? { live: drafts.map((draft) => this.liveChange(draft)) } : {};
    return { calls, events: this.events, deliveries: this.deliveries, ...changes };
  }

  private liveChange({ call, told, startedAt, popupsBefore, matchBefore }: Draft): LiveCallChange {
    const { country, settings } = this.context;
    const popups = told.popups ?? NO_POPUPS;
    // Whose call it is stands on every screen that has it.
    const isFound = !sameValue(matchBefore, call.match);
    return {
      call: liveCall(call, { popups, startedAt, country, settings }),
      popups: isFound ? (Object.keys(popups) as AgentId[]) : changedPopups(popupsBefore, popups),
    };
  }

  private tell(
    before: KnownCall | undefined,
    after: Call,
    { receiptId, at, occurrence }: { receiptId: ReceiptId | null; at: Instant; occurrence: number },
    said?: readonly CallNews[],
  ): void {
    const told = before?.told ?? NOTHING_TOLD;
    const news = said ?? eventsOf(before?.call ?? null, after, told, at);
    const ends = news.some(({ type }) => type === 'call.ended');
    const call = ends ? closeCall(after, at) : after;
    const data = news.length > 0 ? this.shown(call) : undefined;
    let sequence = before?.sequence ?? 0;
    // An end and that it was missed tell the same, as the same object: it is written out once.
    // So are all of a call that is told of when it is over, and then it needs no copy.
    const ended = Object.assign(news.every(isEnd) ? (data ?? {}) : { ...data }, { rang: told.rang });
    for (const each of news) {
      const { type, occurredAt } = each;
      sequence += 1;
      const id = this.makes.ids.event();
      const all = isEnd(each) ? ended : Object.assign({}, data, ownOf(each));
      this.owe({ id, callId: call.id, receiptId, type, sequence, occurredAt, data: all });
    }
    const startedAt = call.startedAt ?? before?.startedAt ?? at;
    const popups = popupsAfter(told.popups ?? NO_POPUPS, call, this.context.people);
    const toldNow = toldAlso(told, news, popups === NO_POPUPS ? undefined : popups);
    const drafted = this.drafts.get(call.id);
    const matchBefore = drafted === undefined ? (before?.call.match ?? null) : drafted.matchBefore;
    const popupsBefore = drafted?.popupsBefore ?? told.popups ?? NO_POPUPS;
    const draft = {
      call,
      sequence,
      told: toldNow,
      startedAt,
      occurrence,
      learntAt: at,
      popupsBefore,
      matchBefore,
    };
    this.drafts.set(call.id, draft);
  }

  /** Only now: what the directory says of a call decides nothing about its events. */
  private shown(call: Call): EnrichedCall {
    const { people, recordings, tenantId: tenant } = this.context;
    return enrichCall(call, {
      people,
      recordings,
      link: (told) => this.makes.linkTo({ tenant, call: call.id, told }),
    });
  }

  private owe(event: EventWrite): void {
    this.events.push(event);
    for (const endpoint of whoIsTold(event, this.context.endpoints, matchesPayload)) {
      this.deliveries.push({
        id: this.makes.ids.delivery(),
        endpointId: endpoint.id,
        eventId: event.id,
        callId: event.callId,
        eventType: event.type,
        sequence: event.sequence,
        heldReason: endpoint.enabled ? null : 'endpoint disabled',
      });
    }
  }

  private callWrite({ call, sequence, told, startedAt, occurrence, learntAt }: Draft): CallWrite {
    const outside = call.direction === 'outbound' ? call.to : call.from;
    return {
      call,
      sequence,
      told,
      settleAt: settleAt(call, this.timing, learntAt),
      startedAt,
      occurrence,
      customerNumber: outside.e164 ?? indexed(outside.original),
      agents: agentsOf(call, told.popups ?? NO_POPUPS, this.context.people),
    };
  }
}

const NO_MATCHES: Matches = new Map();

function isEnd({ type }: CallNews): boolean {
  return type === 'call.ended' || type === 'call.missed';
}

/** The members that an event of its type has beside the call's. */
function ownOf({ type: _, occurredAt: __, ...own }: CallNews): Partial<CallNews> {
  return own;
}

/** What is longer is no number, and no index could hold it; the record has all of it. */
const LONGEST_INDEXED = 255;

function indexed(text: string): string {
  return text.length <= LONGEST_INDEXED ? text : text.slice(0, LONGEST_INDEXED).toWellFormed();
}

function nextOf(had: readonly KnownCall[]): number {
  return had.reduce((next, { occurrence }) => Math.max(next, occurrence + 1), 0);
}
