/**
 * VoipNow (4PSA), commanded by its UnifiedAPI: JSON over HTTP with a token of OAuth 2.
 *
 * Sources: design "Telephony API", section 1; 4PSA's public documentation of UnifiedAPI and its public client.
 */
import type { PbxDriver } from '../driver.js';
import { FIELDS, problemsOf } from './account-settings.js';
import { hangUp, record, transfer } from './act-on-call.js';
import { extensionState } from './extension-state.js';
import { findCall } from './find-call.js';
import { ALL, listCalls } from './live-calls.js';
import { totalOf } from './phone-call.js';
import { placeCall } from './place-call.js';
import { setAgentState } from './set-agent-state.js';
import { onUapi } from './uapi.js';

export const voipnowDriver: PbxDriver = {
  vendor: 'voipnow',
  title: 'VoipNow (4PSA UnifiedAPI)',
  fields: FIELDS,
  // As its own examples print numbers.
  numbers: 'e164',
  can: {
    place_call: true,
    place_to_customer_first: true,
    conference: true,
    hang_up: true,
    list_calls: true,
    set_agent_state: true,
    extension_state: true,
    record: true,
    transfer: true,
    find_call: true,
  },
  problemsOf,
  probe: (account, io) =>
    onUapi(account, io, async (uapi) => {
      const path = ['phoneCalls', uapi.settings.userId, ALL];
      const said = await uapi.ask({ method: 'GET', path, query: { count: 1 } });
      if (said.kind !== 'said') return said;
      const going = String(totalOf(said.value) ?? 0);
      return { kind: 'done', what: `The app may use UnifiedAPI; calls that go on now: ${going}.` };
    }),
  place: (order, correlator, account, io) =>
    onUapi(account, io, (uapi) => placeCall(order, correlator, uapi)),
  hangUp: (call, account, io) => onUapi(account, io, (uapi) => hangUp(call, uapi)),
  listCalls: (extension, account, io) => onUapi(account, io, (uapi) => listCalls(extension, uapi)),
  setAgentState: (agent, account, io) => onUapi(account, io, (uapi) => setAgentState(agent, uapi)),
  extensionState: (extension, account, io) => onUapi(account, io, (uapi) => extensionState(extension, uapi)),
  record: (call, state, account, io) => onUapi(account, io, (uapi) => record(call, state, uapi)),
  transfer: (call, account, io) => onUapi(account, io, (uapi) => transfer(call, uapi)),
  findCall: (wanted, account, io) => onUapi(account, io, (uapi) => findCall(wanted, uapi)),
};
