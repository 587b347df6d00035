/** A call as it is to stand in a CRM, by the tenant's policy. */
import { asText, filled, instant, readPieces, valueOf, type EnrichedCall, type Instant } from '#domain';
import type { CallEntry, Connector, CrmContact, TaskDraft } from '../connector.js';
import type { LoggingPolicy } from './logging-policy.js';
import { partyOutside } from './wants-log.js';
import { WORDS, type Words } from './words.js';

const MINUTE = 60_000;

/** What an entry is made of besides the call. */
export interface EntryParts {
  policy: LoggingPolicy;
  limits: Connector['limits'];
  contact: CrmContact | null;
  /** When its event happened: of a call without times of its own. */
  occurredAt: Instant;
  /** Of a second record of the call: tells it from the first one. */
  anewFor?: string | null;
}

/** Stands in every text that we write about a call. */
export function markerOf(callId: string, anewFor: string | null = null): string {
  return anewFor === null ? `[sw:${callId}]` : `[sw:${callId}:${anewFor}]`;
}

export function entryOf(call: EnrichedCall, parts: EntryParts): CallEntry {
  const { policy, limits, contact, occurredAt, anewFor } = parts;
  const outside = partyOutside(call);
  const endedAt = timeOf(call.endedAt) ?? occurredAt;
  const talkSeconds = call.talkSeconds ?? 0;
  const lasted = (call.ringSeconds ?? 0) + (call.queueSeconds ?? 0) + talkSeconds;
  const marker = markerOf(call.id, anewFor);
  const texts = textsOf(call, policy);
  return {
    callId: call.id,
    marker,
    direction: call.direction === 'outbound' ? 'outbound' : 'inbound',
    result: call.result,
    missed: isMissed(call),
    startedAt: timeOf(call.startedAt) ?? instant(endedAt - lasted * 1000),
    answeredAt: timeOf(call.answeredAt),
    endedAt,
    talkSeconds,
    number: outside.e164 ?? (outside.original === '' ? null : outside.original),
    e164: outside.e164,
    ourNumber: call.did?.e164 ?? call.did?.original ?? null,
    extension: call.extension,
    agentName: call.agent?.name ?? null,
    ownerId: ownerOf(call, policy, contact),
    subject: cut(texts.subject, limits.subject),
    body: markedBody(texts.body, marker, limits.body),
    outcome: policy.outcomes[call.result] ?? null,
    activityType: policy.activityType === '' ? null : policy.activityType,
    recordingUrl: call.recordings[0]?.url ?? null,
  };
}

/** Mapped agent, else the contact's owner, else the default. Null: whoever connected. */
export function ownerOf(
  served: Served,
  policy: Pick<LoggingPolicy, 'owners' | 'defaultOwner'>,
  contact: Pick<CrmContact, 'ownerId'> | null,
): string | null {
  const { defaultOwner } = policy;
  return mappedOwner(served, policy) ?? contact?.ownerId ?? (defaultOwner === '' ? null : defaultOwner);
}

/** Who spoke with a caller, and on which phone. */
export type Served = Pick<EnrichedCall, 'agent' | 'extension'>;

/** Null: the tenant does not say whom of the CRM they are. */
export function mappedOwner(
  { agent, extension }: Served,
  { owners }: Pick<LoggingPolicy, 'owners'>,
): string | null {
  const names = [agent?.email, agent?.id, agent?.code, extension];
  const name = names.find((one) => one !== null && one !== undefined && Object.hasOwn(owners, one));
  return name === undefined || name === null ? null : (owners[name] ?? null);
}

export function taskOf(entry: CallEntry, policy: LoggingPolicy, ownerId: string | null): TaskDraft {
  const words = WORDS[policy.language];
  return {
    subject: `${words.callBack}: ${entry.number ?? words.withheld}`,
    body: entry.body,
    dueAt: instant(entry.endedAt + policy.taskDueMinutes * MINUTE),
    ownerId: ownerId ?? entry.ownerId,
    call: entry,
  };
}

/** Name of a contact that is made for a caller whom nobody knows. */
export function newContactName(call: EnrichedCall, { contactName }: LoggingPolicy): string {
  const outside = partyOutside(call);
  const number = outside.e164 ?? outside.original;
  return contactName === '' ? number : fill(contactName, call) || number;
}

/** Somebody called us, and nobody of ours took it. */
function isMissed({ direction, result }: EnrichedCall): boolean {
  return direction === 'inbound' && result !== 'answered';
}

function textsOf(call: EnrichedCall, policy: LoggingPolicy): { subject: string; body: string } {
  const words = WORDS[policy.language];
  return {
    subject: policy.subject === '' ? subjectIn(words, call) : fill(policy.subject, call),
    body: policy.body === '' ? bodyIn(words, call) : fill(policy.body, call),
  };
}

function subjectIn(words: Words, call: EnrichedCall): string {
  const outside = partyOutside(call);
  const number = outside.e164 ?? outside.original;
  const who = number === '' ? words.withheld : number;
  const way =
    call.direction === 'outbound' ? `${words.outbound} ${words.to}` : `${words.inbound} ${words.from}`;
  return `${way} ${who}: ${words.results[call.result]}`;
}

function bodyIn({ labels, results, withheld }: Words, call: EnrichedCall): string {
  const outside = partyOutside(call);
  const number = outside.e164 ?? outside.original;
  const did = call.did && [call.did.label, call.did.e164 ?? call.did.original].filter(Boolean).join(' ');
  const several = call.match?.reason === 'several' ? call.match.candidates.map(({ name }) => name) : [];
  const lines: [string, string | null | undefined][] = [
    [labels.number, number === '' ? withheld : number],
    [labels.ourNumber, did],
    [labels.agent, call.agent?.name ?? call.agent?.code],
    [labels.queue, call.queue && (call.queue.label ?? call.queue.name ?? call.queue.id)],
    [labels.result, results[call.result]],
    [labels.duration, call.result === 'answered' ? clock(call.talkSeconds ?? 0) : null],
    ...call.recordings.map(({ url }): [string, string] => [labels.recording, url]),
    ...call.notes.map(({ text, outcome }): [string, string] => [
      labels.note,
      [outcome, text].filter(Boolean).join(': '),
    ]),
    [labels.summary, summaryIn(call.ai)],
    [labels.candidates, several.join(', ')],
  ];
  return lines
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([label, value]) => `${label}: ${value ?? ''}`)
    .join('\n');
}

/** What a PBX's own machine wrote of the call, where it is text or has one that is called summary. */
function summaryIn(ai: unknown): string | null {
  if (typeof ai === 'string') return ai;
  if (typeof ai !== 'object' || ai === null) return null;
  const named = Object.entries(ai).find(
    ([name, value]) => /summary/i.test(name) && typeof value === 'string',
  );
  return named === undefined ? null : (named[1] as string);
}

/** `m:ss`, or `h:mm:ss`. */
function clock(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  const rest = String(seconds % 60).padStart(2, '0');
  if (hours === 0) return `${String(minutes)}:${rest}`;
  return `${String(hours)}:${String(minutes).padStart(2, '0')}:${rest}`;
}

/** The policy was read before: its templates are well written. */
function fill(template: string, call: EnrichedCall): string {
  const reading = readPieces(template);
  return reading.ok ? filled(reading.pieces, (place) => asText(valueOf(place, call))) : template;
}

function cut(text: string, most: number): string {
  const tidy = text.replaceAll(/\s+/g, ' ').trim();
  return tidy.length <= most ? tidy : `${whole(tidy, most - 1)}…`;
}

/** With the marker last, whatever has to go for it; the recording's link stands before long texts and is not what is cut. */
function markedBody(text: string, marker: string, most: number): string {
  const end = `\n${marker}`;
  const room = most - end.length;
  return `${text.length <= room ? text : `${whole(text, room - 1)}…`}${end}`;
}

/** Not in the middle of a character that takes two places. */
function whole(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

function timeOf(text: string | null): Instant | null {
  return text === null ? null : instant(Date.parse(text));
}
