/**
 * One event of a call, carried into a CRM: exactly one record for each call, on the right contact, and later news in the same
 * record. May be interrupted anywhere and begun again: what was written is kept before and after (`CrmLedger`), and what is not
 * known is looked up before it is written again.
 */
import { numberKey, sameValue, type EnrichedCall } from '#domain';
import type { CallEntry, CrmContact, CrmRecord } from '../connector.js';
import { entryOf } from '../policy/entry-of.js';
import { outsideOf, whyNotLogged } from '../policy/wants-log.js';
import { CrmFault } from '../talk/crm-io.js';
import { addTask } from './add-task.js';
import type { CallEvent } from './call-event.js';
import type { KeptLog, KeptOfCall } from './ledger.js';
import type { LogCallParts, Logged } from './logged.js';
import { asWritten, putWhereChosen, standsOn, whyItStays, type Standing } from './put-where-chosen.js';
import { putWhereKnown } from './put-where-known.js';
import { LOOK_AGAIN_MS, TooEarly, waitForSearch } from './too-early.js';
import { whoHas, whoseCall, type WhoseCall } from './whose-call.js';
import { writtenOf } from './written-of.js';

const MINUTE = 60_000;

/** Events that change what stands in a CRM; the others pass without a word. */
const TELLING: ReadonlySet<string> = new Set([
  'call.ended',
  'call.missed',
  'call.updated',
  'call.noted',
  'endpoint.test',
]);

export function isLogged(type: string): boolean {
  return TELLING.has(type);
}

/**
 * @throws CrmFault where the CRM did not do it
 * @throws LeaseLost
 */
export async function logCall(event: CallEvent, parts: LogCallParts): Promise<Logged> {
  try {
    return await carry(event, parts);
  } catch (error) {
    if (!(error instanceof TooEarly)) throw error;
    return { kind: 'later', waitMs: error.waitMs, reason: error.message };
  }
}

async function carry(event: CallEvent, parts: LogCallParts): Promise<Logged> {
  if (!isLogged(event.type)) return { kind: 'nothing', reason: `${event.type} changes nothing in a CRM` };
  if (event.type === 'call.missed') return addTask(event, parts);
  const { policy, ledger } = parts;
  const unwanted = whyNotLogged(event.call, policy);
  if (unwanted !== null) return { kind: 'nothing', reason: unwanted };
  const { e164 } = outsideOf(event.call);
  const kept = await ledger.read(e164 === null ? null : numberKey(e164));
  if (kept.log?.state === 'written' && kept.log.record !== null) {
    return settle(event, { log: kept.log, record: kept.log.record, known: kept.contact }, parts);
  }
  // Whatever is told before the end is told with it.
  if (event.call.state !== 'ended') return { kind: 'nothing', reason: 'the call is not over' };
  const settled = policy.mode === 'once' ? await whenComplete(event, parts) : event.call;
  if ('kind' in settled) return settled;
  return create({ ...event, call: settled }, kept, parts);
}

/** @returns the call as it is logged, once and for all; or that it is too early */
async function whenComplete(
  { call, occurredAt }: CallEvent,
  { policy, ledger, io }: LogCallParts,
): Promise<EnrichedCall | Extract<Logged, { kind: 'later' }>> {
  const now = (await ledger.callNow()) ?? call;
  const waitMs = occurredAt + policy.waitMinutes * MINUTE - io.now();
  // Nobody recorded what nobody answered.
  if (now.recordings.length > 0 || now.result !== 'answered' || waitMs <= 0) return now;
  return { kind: 'later', waitMs: Math.min(waitMs, LOOK_AGAIN_MS), reason: 'it waits for its recording' };
}

async function create(event: CallEvent, kept: KeptOfCall, parts: LogCallParts): Promise<Logged> {
  const { ledger } = parts;
  const { sequence } = event;
  if (kept.log?.state === 'writing') {
    const { contact, askedAt } = kept.log;
    const { entry, record } = await lookOn(event, contact, parts);
    if (record !== null) {
      await ledger.keepLog({ record, contact, wrote: writtenOf(entry), sequence, ...FIRST });
      const words = 'where it was before: the answer of the CRM had got lost';
      return { kind: 'done', words: `Logged as ${record.type} ${record.id}, ${words}.` };
    }
    waitForSearch(askedAt, parts.connector, parts.io);
  }
  const whose = await whoseCall(event.call, kept.contact, parts);
  const { entry, on, record } = await writeOn(event, whose, parts);
  await ledger.keepLog({ record, contact: on, wrote: writtenOf(entry), sequence, ...FIRST });
  const moved =
    on?.id === whose.contact?.id ? whose.words : `on ${on?.name ?? 'nobody'}, for the contact is gone`;
  return { kind: 'done', words: `Logged as ${record.type} ${record.id}, ${moved}.` };
}

/** Where the CRM was asked to make it, and nowhere else: in many CRMs records are found by their contact alone. */
async function lookOn(
  event: CallEvent,
  contact: CrmContact | null,
  { crm, connector, policy, io }: LogCallParts,
): Promise<{ entry: CallEntry; record: CrmRecord | null }> {
  const { limits } = connector;
  const entry = entryOf(event.call, { policy, limits, contact, occurredAt: event.occurredAt });
  try {
    return { entry, record: await crm.findLog(entry, contact, io) };
  } catch (fault) {
    if (!(fault instanceof CrmFault) || fault.kind !== 'gone' || contact === null) throw fault;
    // With the contact its records are gone.
    return { entry, record: null };
  }
}

/**
 * Should the contact be gone, the number is looked for once more, and whom we remembered is forgotten when the record is taken
 * without them.
 */
async function writeOn(
  event: CallEvent,
  whose: WhoseCall,
  parts: LogCallParts,
): Promise<{ entry: CallEntry; on: CrmContact | null; record: CrmRecord }> {
  const { contact } = whose;
  try {
    return await write(event, whose, parts);
  } catch (fault) {
    const { e164 } = outsideOf(event.call);
    const isGone = fault instanceof CrmFault && fault.kind === 'gone' && contact !== null && e164 !== null;
    if (!isGone) throw fault;
    // Nobody is made now: what is gone may be something else, and the search may not show yet whom we made.
    const other = (await whoHas(e164, parts)) ?? NOBODY;
    // A search that still finds what is gone would go round for ever.
    const written = await write(event, other.contact?.id === contact.id ? NOBODY : other, parts);
    if (other === NOBODY) await parts.ledger.doubtContact(numberKey(e164));
    return written;
  }
}

/** No other record of the call stands anywhere. */
const FIRST = { stands: null, anew: {} };
const NOBODY: Pick<WhoseCall, 'contact' | 'candidates'> = { contact: null };

async function write(
  event: CallEvent,
  { contact, candidates }: Pick<WhoseCall, 'contact' | 'candidates'>,
  parts: LogCallParts,
): Promise<{ entry: CallEntry; on: CrmContact | null; record: CrmRecord }> {
  const { crm, connector, policy, ledger, io } = parts;
  const { occurredAt } = event;
  const entry = entryOf(event.call, { policy, limits: connector.limits, contact, occurredAt });
  await ledger.beginLog(contact, candidates ?? null);
  try {
    return { entry, on: contact, record: await crm.logCall(entry, contact, io) };
  } catch (fault) {
    if (!(fault instanceof CrmFault)) throw fault;
    if (fault.kind !== 'duplicate') {
      if (!fault.more.unclear) await ledger.forgetLog();
      throw fault;
    }
    const there = await crm.findLog(entry, contact, io);
    if (there === null) throw fault;
    return { entry, on: contact, record: there };
  }
}

/** What is there is put where people said, and brought up to date. */
async function settle(event: CallEvent, standing: Standing, parts: LogCallParts): Promise<Logged> {
  const stays = whyItStays(standing, parts);
  if (stays !== null) {
    const said = await update(event, standing, parts);
    return said.kind === 'done' ? said : { kind: 'nothing', reason: stays };
  }
  const put = (await putWhereChosen(event, standing, parts)) ?? (await putWhereKnown(event, standing, parts));
  const updated = await update(event, put ?? standing, parts);
  if (put === null) return updated;
  return { kind: 'done', words: `${put.words}.${updated.kind === 'done' ? ` ${updated.words}` : ''}` };
}

/** Later news of a call that is logged: only what is ours is changed, and only when it is other than what we wrote. */
async function update(
  event: CallEvent,
  { log, record }: { log: KeptLog; record: CrmRecord },
  { crm, connector, policy, ledger, io }: LogCallParts,
): Promise<Logged> {
  if (event.sequence === log.sequence) return { kind: 'there' };
  if (event.sequence < log.sequence) return { kind: 'nothing', reason: 'the CRM has newer news of the call' };
  if (crm.updateCallLog === undefined || policy.mode === 'once') {
    return { kind: 'nothing', reason: 'what is logged is not changed' };
  }
  const { wrote } = log;
  const { contact, anewFor } = standsOn(log);
  const { limits } = connector;
  const { occurredAt } = event;
  const entry = entryOf(event.call, { policy, limits, contact, occurredAt, anewFor });
  const next = writtenOf(entry);
  if (wrote === null || sameValue(wrote, next)) return { kind: 'nothing', reason: 'there is nothing new' };
  await crm.updateCallLog(record, { entry, before: wrote, contact }, io);
  await ledger.keepLog(asWritten({ ...log, sequence: event.sequence }, record, next));
  return { kind: 'done', words: `${record.type} ${record.id} was brought up to date.` };
}
