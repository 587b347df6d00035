/** `POST /uapi/phoneCalls/{user}/{simple|callback|conferenceInvite}`: stricter than the vendor, which ignores what it does not know. */
import type { Agent } from '../../pbx/office.js';
import type { PbxDesk } from '../pbx-desk.js';
import { json, type ApiReply, type ApiRequest } from '../vendor-api.js';
import { CALLBACK, CONFERENCE, isQueue, terminal } from './extended-numbers.js';
import { liveCall } from './told-call.js';
import { FORBIDDEN, isFields, strangeName, strangeParameter, uapiError } from './uapi-reply.js';

const SECONDS = ['waitForPickup', 'callDuration'];
const QUERY: Readonly<Record<string, readonly string[]>> = {
  simple: [...SECONDS, 'allowPublicTransfer', 'video', 'fields'],
  callback: [...SECONDS, 'fields'],
  conferenceInvite: ['waitForPickup', 'number', 'pin', 'fields'],
};
const PARTY = /^(\+?\d+|\d{4}\*\d{3,})$/;
const PUBLIC = /^\+?\d{7,}$/;
const CALLER_ID = /^[A-Za-z\s]+<[\d*+]+>$/;

interface Asked {
  extension: string;
  source: string[];
  destination: string[];
  nonce: string;
}

export function isWay(text: string): boolean {
  return Object.hasOwn(QUERY, text);
}

export function createCall(way: string, request: ApiRequest, desk: PbxDesk): ApiReply {
  const fault = strangeParameter(request.query, QUERY[way] ?? []) ?? wrongSeconds(request.query);
  if (fault !== undefined) return fault;
  const asked = readAsked(request.json);
  if (!('extension' in asked)) return asked;
  const agent = payer(way, asked, desk);
  if (agent === undefined) return uapiError(400, 'extension_invalid', 'Parameter extension is invalid.');
  if (way === 'callback' && ![...asked.source, ...asked.destination].every((party) => PUBLIC.test(party))) {
    return uapiError(400, 'source_invalid', 'Both parties of a callback are public numbers.');
  }
  return dial(agent, asked, desk);
}

/** Whose phone it is: the extension where that has to be one, else whoever stands for the house. */
function payer(way: string, { extension, source, destination }: Asked, desk: PbxDesk): Agent | undefined {
  const special = { callback: CALLBACK, conferenceInvite: CONFERENCE }[way];
  if (special !== undefined) return extension === special ? desk.office.agents[0] : undefined;
  const party = [...source, ...destination]
    .map((one) => terminal(one, desk))
    .find((one) => one !== undefined);
  return terminal(extension, desk) && (party ?? terminal(extension, desk));
}

function dial(agent: Agent, { source, destination, nonce }: Asked, desk: PbxDesk): ApiReply {
  const parties = [...destination, ...source];
  const numbers = parties.filter((party) => party !== CONFERENCE && terminal(party, desk) !== agent);
  const outside = numbers.find((party) => PUBLIC.test(party)) ?? numbers[0];
  if (outside === undefined) return uapiError(400, 'destination_invalid', 'Nobody else is to be called.');
  const isKnown = PUBLIC.test(outside) || terminal(outside, desk) !== undefined || isQueue(outside, desk);
  if (!isKnown) return uapiError(400, 'destination_invalid', 'Parameter destination is invalid.');
  const { fate, call } = desk.dial(agent, outside, { nonce });
  switch (fate.verdict) {
    case 'placed': {
      const told = call === null ? {} : liveCall(call, desk);
      const named = fate.answer === 'without_id' ? { ...told, id: null } : told;
      return { ...json([named]), fate };
    }
    case 'refused':
      return { ...uapiError(400, 'destination_invalid', 'Parameter destination is invalid.'), fate };
    case 'offline':
      return { ...uapiError(400, 'extension_invalid', 'The extension is not registered.'), fate };
    case 'blocked':
      return { ...FORBIDDEN, fate };
    case 'not_taken':
      return { ...uapiError(500, 'internal_server_error', 'The call was not created.'), fate };
  }
}

function readAsked(said: unknown): Asked | ApiReply {
  const invalid = (field: string) => uapiError(400, `${field}_invalid`, `Parameter ${field} is invalid.`);
  if (!isFields(said)) return uapiError(400, 'request_invalid', 'The body is not JSON.');
  const { extension, phoneCallView, nonce } = said;
  const strange = strangeName(Object.keys(said), ['extension', 'phoneCallView', 'nonce']);
  if (strange !== undefined) return invalid(strange);
  const view: unknown = Array.isArray(phoneCallView) && phoneCallView.length === 1 ? phoneCallView[0] : null;
  if (!isFields(view)) return invalid('phoneCallView');
  const known = ['source', 'destination', 'callerId', 'callerDestination'];
  const unknown = strangeName(Object.keys(view), known);
  if (unknown !== undefined) return invalid(unknown);
  const [source, destination] = [parties(view['source']), parties(view['destination'])];
  if (source === null) return invalid('source');
  if (destination === null) return invalid('destination');
  const wrongId = ['callerId', 'callerDestination'].find((name) => !isCallerId(view[name]));
  if (wrongId !== undefined) return invalid(wrongId);
  if (typeof extension !== 'string') return invalid('extension');
  if (typeof nonce !== 'string' || !/^[\w-]{8,64}$/.test(nonce)) return invalid('nonce');
  return { extension, source, destination, nonce };
}

function isCallerId(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && CALLER_ID.test(value));
}

/** A list, or the one party by itself; null for anything else. */
function parties(value: unknown): string[] | null {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const texts = list.filter((one): one is string => typeof one === 'string' && PARTY.test(one));
  return texts.length > 0 && texts.length === list.length ? texts : null;
}

function wrongSeconds(query: URLSearchParams): ApiReply | undefined {
  const wrong = SECONDS.find((name) => query.has(name) && !/^[1-9]\d{0,5}$/.test(query.get(name) ?? ''));
  return wrong === undefined
    ? undefined
    : uapiError(400, `${wrong.toLowerCase()}_invalid`, `Parameter ${wrong} is invalid.`);
}
