/** A task to call back somebody who was missed, whether their call is logged or not. */
import { numberKey } from '#domain';
import type { CallEntry, CrmContact, CrmRecord, TaskDraft } from '../connector.js';
import { entryOf, mappedOwner, taskOf } from '../policy/entry-of.js';
import type { LoggingPolicy } from '../policy/logging-policy.js';
import { outsideOf, whyNotLogged } from '../policy/wants-log.js';
import { CrmFault } from '../talk/crm-io.js';
import type { CallEvent } from './call-event.js';
import type { CrmLedger, KeptOfCall } from './ledger.js';
import type { LogCallParts, Logged } from './logged.js';
import { whoHas } from './whose-call.js';

/**
 * Comes after the end of its call, which was logged by then, where it is.
 *
 * @throws CrmFault
 */
export async function addTask(event: CallEvent, parts: LogCallParts): Promise<Logged> {
  const { crm, connector, policy, ledger, io } = parts;
  if (!policy.taskOnMissed) return { kind: 'nothing', reason: 'no tasks are wanted for missed calls' };
  if (crm.createTask === undefined) return { kind: 'nothing', reason: 'the CRM has no tasks' };
  const unwanted = whyNotLogged(event.call, { ...policy, missed: true });
  if (unwanted !== null) return { kind: 'nothing', reason: unwanted };
  const { e164 } = outsideOf(event.call);
  const kept = await ledger.read(e164 === null ? null : numberKey(e164));
  const taskId = kept.log?.taskId ?? null;
  if (taskId !== null && taskId !== '') return { kind: 'nothing', reason: 'there is a task' };
  const contact = await whoseTask(e164, kept, parts);
  const { limits } = connector;
  const entry = entryOf(event.call, { policy, limits, contact, occurredAt: event.occurredAt });
  if (taskId === '') {
    const there = await findTask(entry, contact, parts);
    if (there) return keepTask(there, ledger);
    // A search that may be behind proves nothing.
    if (there === undefined || connector.lagSeconds > 0) return { kind: 'nothing', reason: NOT_TWICE };
  }
  const draft = taskOf(entry, policy, await lastOwner(e164, policy, ledger));
  await ledger.beginTask(contact);
  try {
    return await keepTask(await makeTask(draft, contact, { crm, io }), ledger);
  } catch (fault) {
    if (fault instanceof CrmFault && !fault.more.unclear) await ledger.forgetTask();
    throw fault;
  }
}

async function whoseTask(
  e164: string | null,
  { log, contact: known }: KeptOfCall,
  parts: LogCallParts,
): Promise<CrmContact | null> {
  if (log !== null) return log.contact;
  if (known?.state === 'written' && known.contact !== null) return known.contact;
  return e164 === null ? null : ((await whoHas(e164, parts))?.contact ?? null);
}

type Asking = Pick<LogCallParts, 'crm' | 'io'>;

/** Should the contact be gone, on nobody. @returns undefined where the CRM has no search for it */
async function findTask(
  entry: CallEntry,
  contact: CrmContact | null,
  { crm, io }: Asking,
): Promise<CrmRecord | null | undefined> {
  if (crm.findTask === undefined) return undefined;
  const there = await unlessGone(contact, () => crm.findTask?.(entry, contact, io));
  return there ?? (contact === null ? null : await crm.findTask(entry, null, io));
}

async function makeTask(
  draft: TaskDraft,
  contact: CrmContact | null,
  { crm, io }: Asking,
): Promise<CrmRecord> {
  const make = (on: CrmContact | null) => crm.createTask?.(draft, on, io) as Promise<CrmRecord>;
  return (await unlessGone(contact, () => make(contact))) ?? make(null);
}

/** @returns undefined where the contact is gone */
async function unlessGone<T>(contact: CrmContact | null, ask: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (fault) {
    if (contact === null || !(fault instanceof CrmFault) || fault.kind !== 'gone') throw fault;
    return undefined;
  }
}

async function keepTask({ id, type }: CrmRecord, ledger: CrmLedger): Promise<Logged> {
  await ledger.keepTask(id);
  return { kind: 'done', words: `Made ${type} ${id}, to call back.` };
}

/** The agent who spoke last with the caller, where the tenant says who that is in the CRM. */
async function lastOwner(
  e164: string | null,
  policy: LoggingPolicy,
  ledger: CrmLedger,
): Promise<string | null> {
  const last = e164 === null ? null : await ledger.lastServed(e164);
  return last === null ? null : mappedOwner(last, policy);
}

const NOT_TWICE =
  'the answer of the CRM got lost when it was asked for the task, which may be there, so it is not made twice';
