/**
 * What ARI is asked for an order: a channel to whoever is rung first, which goes on in the dialplan to the second, or into our
 * application. The channel's id is ours, so that no repeat can ring twice and every event of the call tells our id.
 */
import { shapedId, type Order, type OrderParty } from '#domain';
import { refused } from '../conversation.js';
import { dialledDigits } from '../dialled-digits.js';
import type { DriverAccount, DriverAnswer } from '../driver.js';
import type { SocketAsk } from '../socket-ask.js';
import { CORRELATOR_VARIABLE } from './channel.js';
import { dialString, ownContext, setting } from './fields.js';
import { callerIdParam, shownToSecond } from './shown-caller-id.js';

export type OrderPlan =
  { kind: 'plan'; request: SocketAsk } | Extract<DriverAnswer<object>, { kind: 'refused' }>;

type Where = { context: string; extension: string } | { app: string; appArgs: string };

const STRANGE_FIRST =
  'The PBX rings extensions, numbers and trunks first, and no other party; nothing was sent.';
const STRANGE_SECOND =
  'The PBX connects to extensions, queues and numbers, and to no other party; nothing was sent.';
const NO_PIN =
  'A room of ours asks nobody for a PIN: leave it out, or use a room of the dialplan; nothing was sent.';
/** The second half of a channel that is made of two. */
const OTHER_HALF = '-2';
const DIALLABLE = /^[\w+*#.-]{1,80}$/;
const VARIABLE = /^[A-Za-z]\w{0,60}$/;
const SOUND = /^[\w./@-]{1,128}$/;
const DIGITS = /^[\d*#]{1,32}$/;
/** Rung so long where nobody says how long. */
const RING_SECONDS = 30;
const SECOND_RING_SECONDS = 60;

export function planOrder(order: Order, correlator: string, account: DriverAccount): OrderPlan {
  const endpoint = endpointOf(order.first, account);
  if (endpoint === null) return refused(STRANGE_FIRST);
  const where = whereTo(order, account);
  if (where === null) return refused(STRANGE_SECOND);
  // Whoever orders one relies on it.
  if (order.kind === 'conference' && 'app' in where && order.conferencePin) return refused(NO_PIN);
  const timeout = order.ringSeconds.first ?? RING_SECONDS;
  const callerId = callerIdParam(order, account);
  return {
    kind: 'plan',
    request: {
      method: 'POST',
      path: 'channels',
      body: {
        endpoint,
        ...('context' in where ? { ...where, priority: 1 } : where),
        channelId: correlator,
        ...(endpoint.startsWith('Local/') ? { otherChannelId: correlator + OTHER_HALF } : {}),
        ...(callerId === null ? {} : { callerId }),
        timeout,
        variables: variablesOf(order, { correlator, endpoint, timeout }, account),
      },
    },
  };
}

/** Null for a party that cannot be rung first. */
function endpointOf({ kind, value }: OrderParty, account: DriverAccount): string | null {
  const dialled = kind === 'number' ? dialledDigits(value, account) : value;
  if (!DIALLABLE.test(dialled)) return null;
  switch (kind) {
    case 'extension':
      return dialString(account, 'extension_dial', { extension: dialled });
    case 'number':
      return dialString(account, 'number_dial', { number: dialled });
    case 'trunk':
      return dialString(account, 'trunk_dial', { trunk: dialled });
    default:
      return null;
  }
}

function whereTo(order: Order, account: DriverAccount): Where | null {
  const context = setting(account, 'context');
  switch (order.kind) {
    case 'call': {
      const party = order.second;
      if (party === null || party.kind === 'trunk' || party.kind === 'login_code') return null;
      const extension = party.kind === 'number' ? dialledDigits(party.value, account) : party.value;
      if (!DIALLABLE.test(extension)) return null;
      const queues = party.kind === 'queue' ? ownContext(account, 'queue_context') : null;
      return { context: queues ?? context, extension };
    }
    case 'conference': {
      const extension = order.conferenceRoom ?? '';
      if (!DIALLABLE.test(extension)) return null;
      if (setting(account, 'rooms') === 'ours') {
        return { app: setting(account, 'app'), appArgs: ['room', extension].join() };
      }
      return { context: ownContext(account, 'conference_context') ?? context, extension };
    }
    case 'announce': {
      const own = ownContext(account, 'announce_context');
      if (own !== null) return { context: own, extension: 's' };
      return { app: setting(account, 'app'), appArgs: ['announce', ...mediaOf(order)].join() };
    }
  }
}

/** As ARI names what it plays; what is no name of a recording is left out. */
function mediaOf({ announcement }: Order): string[] {
  if (announcement === null) return [];
  const { before, digits, between, after } = announcement;
  const sound = (name: string | null) => (name !== null && SOUND.test(name) ? [`sound:${name}`] : []);
  const said = digits !== null && DIGITS.test(digits) ? [...digits] : [];
  return [
    ...sound(before),
    ...said.flatMap((digit) => [`digits:${digit}`, ...sound(between)]),
    ...sound(after),
  ];
}

interface OfChannel {
  correlator: string;
  endpoint: string;
  timeout: number;
}

/** Two underscores: the channels that are made in the course of the call have it too. */
function variablesOf(order: Order, of: OfChannel, account: DriverAccount): Record<string, string> {
  return {
    [`__${CORRELATOR_VARIABLE}`]: of.correlator,
    ...idForPhone(order, of, account),
    ...autoAnswer(order, of),
    ...shownToSecond(order, account),
    ...untilHungUp(order, of),
    ...said({
      // What FreePBX goes by, and a name for other dialplans.
      __REC_POLICY_MODE: order.record === null ? null : order.record ? 'FORCE' : 'NEVER',
      __X_RECORD: order.record === null ? null : order.record ? 'yes' : 'no',
      __RINGTIMER: order.ringSeconds.second,
      'CHANNEL(language)': order.language !== null && VARIABLE.test(order.language) ? order.language : null,
      __X_VOICEMAIL: order.voicemailBox,
      __X_PIN: order.conferencePin ?? null,
      ...announced(order, account),
    }),
    ...ownVariables(order),
  };
}

/** A header of the phone's INVITE. Other channels than SIP's have none; FreePBX writes what is in this hash into those it makes. */
function idForPhone(order: Order, { correlator, endpoint }: OfChannel, account: DriverAccount) {
  const header = setting(account, 'id_header');
  const value = shapedId(correlator, account.timeZone);
  if (order.first.kind !== 'extension') return { [`HASH(__SIPHEADERS,${header})`]: value };
  return endpoint.startsWith('PJSIP/') ? { [`PJSIP_HEADER(add,${header})`]: value } : {};
}

/** The two ways that phones know. */
function autoAnswer({ autoAnswer: wanted }: Order, { endpoint }: OfChannel): Record<string, string> {
  if (!wanted.first || !endpoint.startsWith('PJSIP/')) return {};
  return {
    'PJSIP_HEADER(add,Call-Info)': '<sip:localhost>;answer-after=0',
    'PJSIP_HEADER(add,Alert-Info)': '<http://localhost>;info=alert-autoanswer;delay=0',
  };
}

/** The clock begins before anybody is rung, so ringing is added: no talk is cut short. */
function untilHungUp(order: Order, { timeout }: OfChannel): Record<string, string> {
  if (order.maxSeconds === null) return {};
  const ringing = timeout + (order.second === null ? 0 : (order.ringSeconds.second ?? SECOND_RING_SECONDS));
  return { 'TIMEOUT(absolute)': String(order.maxSeconds + ringing) };
}

function announced(order: Order, account: DriverAccount): Record<string, string | null> {
  const { announcement } = order;
  if (announcement === null || ownContext(account, 'announce_context') === null) return {};
  const named = (name: string | null) => (name !== null && SOUND.test(name) ? name : null);
  return {
    X_BEFORE: named(announcement.before),
    X_DIGITS: announcement.digits !== null && DIGITS.test(announcement.digits) ? announcement.digits : null,
    X_BETWEEN: named(announcement.between),
    X_AFTER: named(announcement.after),
  };
}

/** Under names that are variables and nothing else: ARI would call a function of that name. */
function ownVariables({ variables }: Order): Record<string, string> {
  const own = Object.entries(variables)
    .map(([name, value]) => [`X_${name}`, value] as const)
    .filter(([name]) => VARIABLE.test(name) && name.toUpperCase() !== CORRELATOR_VARIABLE);
  return Object.fromEntries(own.map(([name, value]) => [`__${name}`, value]));
}

function said(values: Readonly<Record<string, string | number | null>>): Record<string, string> {
  const set = Object.entries(values).filter(([, value]) => value !== null && value !== '');
  return Object.fromEntries(set.map(([name, value]) => [name, String(value)]));
}
