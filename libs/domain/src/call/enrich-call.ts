/**
 * A call as CRMs are told of it: the record, with what the tenant's directory knows of its people and numbers, and with our
 * own links to its recordings. Names and labels are those of the moment at which it is told. They are no part of the record,
 * so that a label that changes makes no event (`eventsOf`).
 */
import type { People } from '../people/people.js';
import type { AgentId } from '../ids.js';
import type { CallMatch, MatchedContact } from '../contact/match-contact.js';
import { localTimeIn } from '../time/local-time.js';
import { callView, type CallLegView, type CallView } from './call-view.js';
import type { Agent, Call, CallLeg, NamedId, Party, Recording } from './call.js';
import { recordingSources, type RecordingPolicy } from './recording-source.js';

/** `id` and `email` are null for an agent of whom only the PBX knows. */
export interface ShownAgent extends Agent {
  id: AgentId | null;
  email: string | null;
}

export interface ShownQueue extends NamedId {
  label: string | null;
}

export interface ShownDid extends Party {
  label: string | null;
}

export interface ShownRecording extends Recording {
  /** Where the PBX keeps it; null where that is nobody's business. */
  vendorUrl: string | null;
}

/** What the directory adds to a call and to each of its legs. */
export interface Enriched {
  agent: ShownAgent | null;
  extensionLabel: string | null;
  queue: ShownQueue | null;
  did: ShownDid | null;
  recordings: ShownRecording[];
}

export type EnrichedLeg = Omit<CallLegView, keyof Enriched> & Enriched;

export type ShownMatch = Omit<CallMatch, 'contact' | 'number'>;

export type EnrichedCall = Omit<CallView, keyof Enriched | 'legs'> &
  Enriched & {
    /**
     * What the clock of the party outside (who called in, or whom we called) showed when the call started; null where its
     * number does not tell. By the number's home country: a traveller's phone keeps its number.
     */
    callerLocalTime: string | null;
    /** Whose the number outside is; null where that is not known, or several have it and nobody chose. */
    contact: MatchedContact | null;
    /** Why it is this contact, or none; null where nobody was asked. */
    match: ShownMatch | null;
    legs: EnrichedLeg[];
  };

export interface EnrichWith {
  people: People;
  recordings: RecordingPolicy;
  /** Our link to the recording that the vendor calls so (`RecordingSource.told`). */
  link: (told: string) => string;
}

/** @param call  the record, whose legs may come from JSON */
export function enrichCall(call: Call, by: EnrichWith): EnrichedCall {
  const shown = enriched(callView(call), call.legs, by) as EnrichedCall;
  shown.callerLocalTime = localTimeOutside(call);
  shown.contact = call.match?.contact ?? null;
  shown.match = shownMatch(call.match);
  shown.legs.forEach((leg, index) => enriched(leg, call.legs.slice(index, index + 1), by));
  return by.recordings.guarded ? withoutAddresses(shown, call, by) : shown;
}

/**
 * @param view  becomes what is answered: nobody else has it yet, and a copy of thirty members costs more than all that is added
 */
function enriched<View extends Pick<CallView, 'agent' | 'extension' | 'queue' | 'did' | 'recordings'>>(
  view: View,
  legs: readonly CallLeg[],
  { people, recordings, link }: EnrichWith,
): Omit<View, keyof Enriched> & Enriched {
  const { queue, did, extension } = view;
  const shown = view as unknown as Omit<View, keyof Enriched> & Enriched;
  shown.agent = agentOf(view, people);
  shown.extensionLabel = people.extension(extension)?.label ?? null;
  shown.queue = queue && { id: queue.id, name: queue.name, label: people.queueLabel(queue) };
  shown.did = did && { ...did, label: people.didLabel(did) };
  shown.recordings = recordingSources(legs, recordings).map(({ by, told }) => ({
    url: link(told),
    vendorUrl: recordings.guarded || by === 'name' ? null : told,
  }));
  return shown;
}

function agentOf(
  { agent, extension }: Pick<CallView, 'agent' | 'extension'>,
  people: People,
): ShownAgent | null {
  const entry = people.agent(extension, agent);
  if (entry === undefined) return agent && { code: agent.code, name: agent.name, id: null, email: null };
  const { id, name, email } = entry;
  return { id, name, email, code: entry.code ?? agent?.code ?? null };
}

function shownMatch(match: CallMatch | null): ShownMatch | null {
  if (match === null) return null;
  const { reason, total, candidates } = match;
  return { reason, total, candidates };
}

function localTimeOutside({ direction, from, to, startedAt }: Call): string | null {
  const { country } = direction === 'outbound' ? to : from;
  return country === null || startedAt === null ? null : localTimeIn(country, startedAt);
}

/** A dialect may keep the address among the fields that it does not know; there it becomes our link as well. */
function withoutAddresses(shown: EnrichedCall, call: Call, by: EnrichWith): EnrichedCall {
  const known = [
    ...call.recordings.map(({ url }) => url),
    ...recordingSources(call.legs, by.recordings).map(({ told: each }) => each),
  ];
  const links = new Map(known.filter(isAddress).map((address) => [address, by.link(address)]));
  if (links.size === 0) return shown;
  const clean = <T>(value: T) => replaced(value, links) as T;
  return {
    ...shown,
    raw: clean(shown.raw),
    ai: clean(shown.ai),
    legs: shown.legs.map((leg) => ({ ...leg, raw: clean(leg.raw), ai: clean(leg.ai) })),
  };
}

function isAddress(told: string): boolean {
  return /^https?:/i.test(told);
}

function replaced(value: unknown, links: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') {
    return [...links].reduce((text, [address, link]) => text.replaceAll(address, link), value);
  }
  if (Array.isArray(value)) return value.map((item) => replaced(item, links));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, replaced(member, links)]));
}
