import { CrmFault } from '../talk/crm-io.js';
import { outsideOf } from '../policy/wants-log.js';
import type { CallEvent } from './call-event.js';
import type { LogCallParts } from './logged.js';
import { keepPut, nameOf, who, type Put, type Standing } from './put-where-chosen.js';
import { whoHas } from './whose-call.js';

/**
 * A record that is on nobody, because nobody had the number when the call ended, is put on whoever has it by the time of later
 * news. Nobody is made, and people are not asked again.
 *
 * @returns null where it stays
 * @throws CrmFault
 */
export async function putWhereKnown(
  event: CallEvent,
  { log, record, known }: Standing,
  parts: LogCallParts,
): Promise<Put | null> {
  const { crm, policy, ledger, io } = parts;
  const { e164 } = outsideOf(event.call);
  const mayMove = log.contact === null && !log.undecided && policy.mode !== 'once';
  if (crm.linkLog === undefined || !mayMove || e164 === null || event.sequence <= log.sequence) return null;
  const isKnown = known?.state === 'written' && known.contact !== null;
  const contact = isKnown ? known.contact : ((await whoHas(e164, parts))?.contact ?? null);
  if (contact === null) return null;
  try {
    await crm.linkLog(record, contact, io);
  } catch (fault) {
    // Should it be the record that is gone, whoever brings it up to date is told so.
    if (fault instanceof CrmFault && fault.kind === 'gone') return null;
    throw fault;
  }
  const words = `${nameOf(record)} was put on ${who(contact)}, who has the number by now`;
  return keepPut({ log: { ...log, contact, stands: null }, record, words }, ledger);
}
