/**
 * Voicenter's request APIs (seed 003). Orders go as a form, so that the code stands in no URL, and ask for JSON; an answer in
 * XML-RPC is read all the same. The correlator travels as `var_att`.
 */
import type { Order } from '#domain';
import { baseUrl, problemsOfSettings } from '../account-urls.js';
import { converse, refused, secretsOf, unknown } from '../conversation.js';
import type { DriverAccount, DriverAnswer, DriverIo, PbxDriver, Placed } from '../driver.js';
import { maskSecrets } from '../mask-secrets.js';
import { record, setAgentState } from './agents.js';
import { feed } from './feed.js';
import { FIELDS } from './fields.js';
import { findCall } from './find-call.js';
import { judgeOrderReply, type OrderReply } from './judge-order-reply.js';
import { allExtensions, extensionsNow, queuesNow } from './monitor.js';
import { orderParams } from './order-params.js';

async function clickToCall(
  params: Readonly<Record<string, string>>,
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<OrderReply>> {
  const form = new URLSearchParams({ code: account.secrets['code'] ?? '', ...params, format: 'json' });
  const reply = await converse(
    {
      method: 'POST',
      url: `${baseUrl(account, 'api_url', FIELDS)}/ForwardDialer/click2call.aspx`,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: form.toString(),
    },
    account,
    io,
  );
  if (reply.kind !== 'replied') return reply;
  return judgeOrderReply(reply, (text) => maskSecrets(text, secretsOf(account)));
}

async function place(
  order: Order,
  correlator: string,
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<Placed>> {
  const params = orderParams(order, correlator, account);
  if (params === null) return refused('Voicenter cannot call these two parties in this order.');
  const answer = await clickToCall(params, account, io);
  if (answer.kind !== 'done') return answer;
  // The vendor's own clients take only both for a success.
  if (answer.callId === null) return unknown('The PBX said that all was well, and named no call.');
  return { kind: 'done', vendorCallId: answer.callId };
}

async function hangUp(
  { extension }: { extension: string | null },
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<{ endsAllOfExtension: boolean }>> {
  if (extension === null) return refused('Voicenter ends the calls of an extension, and none is known.');
  const answer = await clickToCall({ phone: extension, action: 'terminate' }, account, io);
  return answer.kind === 'done' ? { kind: 'done', endsAllOfExtension: true } : answer;
}

export const voicenterDriver: PbxDriver = {
  vendor: 'voicenter',
  hangsUpExtensions: true,
  title: 'Voicenter',
  fields: FIELDS,
  numbers: 'e164',
  can: {
    place_call: true,
    place_to_customer_first: true,
    announce: true,
    conference: true,
    hang_up: true,
    list_calls: true,
    list_queues: true,
    list_extensions: true,
    set_agent_state: true,
    extension_state: true,
    record: true,
    find_call: true,
    feed: true,
  },
  problemsOf: (settings) => problemsOfSettings(settings, FIELDS),
  // The list of extensions is no test: it says nothing of a wrong code.
  probe: async (account, io) => {
    const answer = await extensionsNow(null, account, io);
    if (answer.kind !== 'done') return answer;
    return { kind: 'done', what: `The PBX lists ${String(answer.extensions.length)} extensions.` };
  },
  place,
  hangUp,
  listCalls: async (extension, account, io) => {
    const answer = await extensionsNow(extension, account, io);
    if (answer.kind !== 'done') return answer;
    return { kind: 'done', calls: answer.extensions.flatMap(({ calls }) => calls) };
  },
  listQueues: queuesNow,
  listExtensions: allExtensions,
  setAgentState,
  extensionState: async (extension, account, io) => {
    const answer = await extensionsNow(extension, account, io);
    if (answer.kind !== 'done') return answer;
    const [found] = answer.extensions;
    const [call] = found?.calls ?? [];
    const idle = found?.isReachable === true ? 'free' : 'unavailable';
    const state = call === undefined ? idle : call.state === 'answered' ? 'busy' : 'ringing';
    return { kind: 'done', state, vendorCallId: call?.vendorCallId ?? null };
  },
  record,
  findCall,
  feed,
};
