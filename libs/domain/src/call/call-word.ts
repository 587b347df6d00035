/**
 * What is said of a call by us and not by its PBX: a note, whose call it is, that somebody may be known by now. It lies in the
 * connection's mailbox between the PBX's webhooks and is written by the enricher, so that the events of a call have one order, and
 * a word that is given twice changes nothing the second time (docs/adr/0037).
 */
import type { CallId } from '../ids.js';
import type { MatchedContact } from '../contact/match-contact.js';
import type { CallNote } from './call-note.js';

/** Route of the receipts that carry words. No dialect has one of this name, so no webhook can. */
export const OWN_ROUTE = 'switchhook';

export type CallWord =
  | { kind: 'note'; callId: CallId; note: CallNote }
  /** Somebody chose whose call it is; null: nobody's whom we know. */
  | { kind: 'contact'; callId: CallId; contact: MatchedContact | null }
  /** A source of contacts has answered, so whose call it is may be known now. */
  | { kind: 'look_again' };

/** A word, with the PBX's id of the call that it is about. */
export interface SaidOfCall {
  vendorCallId: string;
  word: CallWord;
}

export function writeWord(said: SaidOfCall): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(said));
}

/**
 * The shape is our own, so only its kind is checked: another build may have written it.
 *
 * @returns undefined for what this build does not know
 */
export function readWord(body: Uint8Array): SaidOfCall | undefined {
  let read: unknown;
  try {
    read = JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
  const said = read as Partial<SaidOfCall> | null;
  const isKnown =
    said?.word?.kind === 'note' || said?.word?.kind === 'contact' || said?.word?.kind === 'look_again';
  return isKnown && typeof said.vendorCallId === 'string' ? (said as SaidOfCall) : undefined;
}
