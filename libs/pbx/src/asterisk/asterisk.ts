/**
 * Asterisk, and FreePBX with it, commanded by ARI through the socket that the PBX opens to us (Asterisk 20.15, 21.10, 22.5 and
 * later).
 *
 * Sources: design "Telephony API", sections 1 and 5; Asterisk's public documentation of ARI.
 */
import { unknown } from '../conversation.js';
import type { PbxDriver } from '../driver.js';
import { fieldsIn, textOf } from '../read-reply.js';
import { hangUp } from './act-on-call.js';
import { askAri } from './ari.js';
import { extensionState, listExtensions, phonesNow } from './endpoints.js';
import { FIELDS, problemsOf } from './fields.js';
import { findCall } from './find-call.js';
import { listCalls } from './live-calls.js';
import { placeCall } from './place-call.js';
import { record } from './record-call.js';

export const asteriskDriver: PbxDriver = {
  vendor: 'asterisk',
  title: 'Asterisk and FreePBX (ARI)',
  fields: FIELDS,
  // As dialplans are written for people.
  numbers: 'local',
  asksThroughSocket: true,
  can: {
    place_call: true,
    place_to_customer_first: true,
    announce: true,
    conference: true,
    hang_up: true,
    list_calls: true,
    list_extensions: true,
    extension_state: true,
    record: true,
    find_call: true,
    feed: true,
  },
  problemsOf,
  probe: async (_account, io) => {
    const said = await askAri({ method: 'GET', path: 'asterisk/info', query: { only: 'system' } }, io);
    if (said.kind !== 'said') return said;
    const version = textOf(fieldsIn(fieldsIn(said.value)?.['system']), 'version');
    if (version === '') return unknown("The PBX's answer does not tell its version.");
    return { kind: 'done', what: `Asterisk ${version} answers through its socket.` };
  },
  place: placeCall,
  hangUp: (call, _account, io) => hangUp(call, io),
  listCalls,
  listExtensions,
  extensionState,
  record,
  // No transfer: ARI moves no channel that is in the dialplan, and sets nothing of it either (409).
  findCall: (wanted, _account, io) => findCall(wanted, io),
  // Its events tell of registrations too, but not of those that were before, nor what was missed.
  feed: { isOn: (settings) => settings['feed'] === 'on', phonesNow },
};
