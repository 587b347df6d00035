/** A record that was logged on nobody because several contacts have the number, once a person has said whose call it is. */
import type { Connector, Crm, CrmContact, CrmRecord, WrittenEntry } from '../connector.js';
import { entryOf } from '../policy/entry-of.js';
import type { LoggingPolicy } from '../policy/logging-policy.js';
import type { CrmIo } from '../talk/crm-io.js';
import type { CallEvent } from './call-event.js';
import type { CrmLedger, KeptContact, KeptLog, Stands } from './ledger.js';
import { waitForSearch } from './too-early.js';
import { writtenOf } from './written-of.js';

export interface PutParts {
  crm: Crm;
  connector: Pick<Connector, 'title' | 'limits' | 'key' | 'lagSeconds'>;
  policy: LoggingPolicy;
  ledger: CrmLedger;
  io: CrmIo;
}

/** What stands in the CRM, and whom people have said the number to be. */
export interface Standing {
  log: KeptLog;
  record: CrmRecord;
  known: KeptContact | null;
}

/** Where a record is now, and what was done in words. */
export interface Put {
  log: KeptLog;
  record: CrmRecord;
  words: string;
}

/** Where a record is in the CRM, whoever it is said to be. */
export function standsOn({ stands, contact }: Pick<KeptLog, 'stands' | 'contact'>): Stands {
  return stands ?? { contact, anewFor: null };
}

/**
 * Why a record stays on nobody although a person has chosen: the CRM moves none, and by our id of the call it takes no second one.
 *
 * @returns goes on from "It is not logged:"; null where nobody chose, or the record follows
 */
export function whyItStays(
  { log, record, known }: Standing,
  { crm, connector }: Pick<PutParts, 'crm' | 'connector'>,
): string | null {
  const chosen = known?.chosen === true ? known.contact : null;
  if (chosen === null || !log.undecided || isSame(chosen, log.contact)) return null;
  if (crm.linkLog !== undefined || connector.key === 'none') return null;
  const later = `later calls of the number are logged on ${who(chosen)}`;
  return `${connector.title} cannot move a record and takes no second one of a call, so ${nameOf(record)} stays where it is; ${later}`;
}

/**
 * The choice is of the number and outlives the call; the record follows it, to a contact and back to nobody. Records on which
 * nobody had to choose stay where they are.
 *
 * @returns null where it is as it should be
 * @throws CrmFault
 */
export async function putWhereChosen(
  event: CallEvent,
  { log, record, known }: Standing,
  parts: PutParts,
): Promise<Put | null> {
  const wanted = known?.chosen === true ? known.contact : null;
  if (!log.undecided || isSame(wanted, log.contact)) return null;
  const { crm, connector, ledger, io } = parts;
  if (crm.linkLog !== undefined) {
    await crm.linkLog(record, wanted, io);
    const words =
      wanted === null
        ? `${nameOf(record)} is on nobody again: the choice was undone`
        : `${nameOf(record)} was put on ${who(wanted)}, who was chosen`;
    const { anewFor } = standsOn(log);
    const stands = anewFor === null ? null : { contact: wanted, anewFor };
    return keepPut({ log: { ...log, contact: wanted, stands }, record, words }, ledger);
  }
  const stands = standsOn(log);
  const stays = `${connector.title} cannot move a record, so ${nameOf(record)} stays where it is`;
  if (wanted === null) {
    const words = `The choice was undone: ${stays}`;
    return keepPut({ log: { ...log, contact: null, stands }, record, words }, ledger);
  }
  if (isSame(wanted, stands.contact)) {
    const words = `${nameOf(record)} is on ${who(wanted)} already, who was chosen again`;
    return keepPut({ log: { ...log, contact: wanted, stands }, record, words }, ledger);
  }
  const anew = await logAnew(event, wanted, { log, record, known }, parts);
  const words = `Logged anew as ${nameOf(anew.record)} on ${who(wanted)}, who was chosen: ${stays}`;
  return keepPut({ ...anew, words }, ledger);
}

export async function keepPut(put: Put, ledger: CrmLedger): Promise<Put> {
  const { log, record } = put;
  // What nobody remembers writing is compared with what is told next, and that is written.
  const wrote = log.wrote ?? NOTHING;
  await ledger.keepLog(asWritten(log, record, wrote));
  return { ...put, log: { ...log, record } };
}

/** What is to be kept: a second record is also known by its contact, for people may choose another one, and the same again. */
export function asWritten(log: KeptLog, record: CrmRecord, wrote: WrittenEntry) {
  const { contact, sequence, stands, anew } = log;
  const anewFor = stands?.anewFor ?? '';
  const was = anew[anewFor];
  const both = was === undefined ? anew : { ...anew, [anewFor]: { ...was, wrote } };
  return { record, contact, wrote, sequence, stands, anew: both };
}

const NOTHING = {
  ...{ subject: '', body: '', outcome: null, ownerId: null },
  ...{ recordingUrl: null, talkSeconds: 0, result: 'unknown' as const },
};

/**
 * One of an earlier try, whose answer got lost, is taken for it, and so is that of an earlier choice.
 *
 * @throws TooEarly as long as the CRM's search may not show it
 */
async function logAnew(
  event: CallEvent,
  contact: CrmContact,
  { log }: Standing,
  { crm, connector, policy, ledger, io }: PutParts,
): Promise<{ log: KeptLog; record: CrmRecord }> {
  const isOld = event.sequence < log.sequence;
  const call = isOld ? ((await ledger.callNow()) ?? event.call) : event.call;
  const { occurredAt } = event;
  const { limits } = connector;
  // With a mark of its own: by the call's, a search would find the record that stays.
  const anewFor = contact.id;
  const entry = entryOf(call, { policy, limits, contact, occurredAt, anewFor });
  const kept = { ...log, contact, stands: { contact, anewFor } };
  const before = log.anew[anewFor];
  if (before !== undefined) {
    const record = await crm.findLog(entry, contact, io);
    // It may lack what was told meanwhile, which is told next.
    const sequence = isOld ? log.sequence : event.sequence - 1;
    if (record !== null) return { log: { ...kept, wrote: before.wrote, sequence }, record };
    waitForSearch(before.askedAt, connector, io);
  }
  const wrote = writtenOf(entry);
  const anew = { ...log.anew, [anewFor]: { askedAt: io.now(), wrote } };
  await ledger.beginAnew(anew);
  const record = await crm.logCall(entry, contact, io);
  const sequence = Math.max(event.sequence, log.sequence);
  return { log: { ...kept, anew, wrote, sequence }, record };
}

function isSame(one: CrmContact | null, other: CrmContact | null): boolean {
  return one?.id === other?.id && one?.type === other?.type;
}

export function who({ name, id }: CrmContact): string {
  return name === '' ? `contact ${id}` : name;
}

export function nameOf({ type, id }: CrmRecord): string {
  return `${type} ${id}`;
}
