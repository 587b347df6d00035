/**
 * Zammad's generic CTI (docs.zammad.org, "Generic CTI": events newCall, answer and hangup, as JSON or form).
 *
 * Zammad keeps its log by `callId` and answers an error to the end of a call that it never heard of. A PBX that tells of
 * calls only when they are over, as by CDRs, makes `call.ended` the first event of a call: then the messages that should
 * have been before it are sent in front of it.
 */
import type { CallResult, CallView, ReplyVerdict } from '#domain';
import { callIn, milestoneOf, nothingFor } from '../content/told-call.js';
import { postTo } from '../content/write-message.js';
import type { Format, GivenReply, OutgoingMessage, ToldEvent, Writing } from '../format.js';
import { SettingsReader, isRecord } from '../settings/settings-reader.js';

const ENCODINGS = ['json', 'form'] as const;
type Encoding = (typeof ENCODINGS)[number];
type CtiEvent = 'newCall' | 'answer' | 'hangup';
/** A list is written as `user[]`, once for each, in a form. */
type Fields = Record<string, string | readonly string[] | undefined>;

export const zammad: Format = {
  name: 'zammad',
  title: 'Zammad',
  about: "Zammad's generic CTI: newCall, answer and hangup.",
  prepare: (given) => {
    const reader = new SettingsReader(given);
    const encoding = reader.choice('encoding', ENCODINGS, 'json');
    const problems = reader.finish();
    if (problems.length > 0) return { ok: false, problems };
    const writer = {
      settings: { encoding },
      urls: [],
      write: (event: ToldEvent, url: string) => write(event, url, encoding),
      readReply,
    };
    return { ok: true, writer };
  },
};

function write(event: ToldEvent, url: string, encoding: Encoding): Writing {
  const milestone = milestoneOf(event.type);
  const call = milestone === undefined ? undefined : callIn(event);
  if (call === undefined || milestone === undefined || milestone === 'updated') return nothingFor(event.type);
  const messages = eventsFor(milestone, call, event.sequence).map((name): OutgoingMessage => {
    const fields = { ...sharedFields(call, name), ...OWN_FIELDS[name](call) };
    return postTo(url, ENCODE[encoding](fields), name);
  });
  return { kind: 'messages', messages, independent: false };
}

function eventsFor(
  milestone: 'ringing' | 'answered' | 'ended',
  call: CallView,
  sequence: number,
): readonly CtiEvent[] {
  const isFirst = sequence <= 1;
  const answered = call.answeredAt !== null || call.result === 'answered';
  if (milestone === 'ringing') return ['newCall'];
  if (milestone === 'answered') return isFirst ? ['newCall', 'answer'] : ['answer'];
  if (!isFirst) return ['hangup'];
  return answered ? ['newCall', 'answer', 'hangup'] : ['newCall', 'hangup'];
}

/** An internal call is begun by one of ours, so it is going out. */
function sharedFields(call: CallView, event: CtiEvent): Fields {
  return {
    event,
    from: numberOf(call.from),
    to: numberOf(call.direction === 'inbound' ? (call.did ?? call.to) : call.to),
    direction: call.direction === 'inbound' ? 'in' : 'out',
    callId: call.id,
    user: call.agent?.name == null ? undefined : [call.agent.name],
  };
}

const OWN_FIELDS: Readonly<Record<CtiEvent, (call: CallView) => Fields>> = {
  newCall: ({ queue }) => ({ queue: queue === null ? undefined : (queue.name ?? queue.id) }),
  answer: (call) => ({ answeringNumber: answeringNumber(call) }),
  hangup: (call) => ({ cause: causeOf(call), answeringNumber: answeringNumber(call) }),
};

/** Zammad looks an agent up by it (phone, login, id); of what we know the extension is likeliest to be there. */
function answeringNumber(call: CallView): string | undefined {
  if (call.direction !== 'inbound' || call.answeredAt === null) return undefined;
  return call.extension ?? call.agent?.code ?? undefined;
}

/** Without the plus, as in all of Zammad's examples; `anonymous` for nobody's number. */
function numberOf({ e164, original }: CallView['from']): string {
  if (e164 !== null) return e164.slice(1);
  const text = original.trim();
  return text === '' || /^(anonymous|unknown|private|restricted)$/i.test(text) ? 'anonymous' : text;
}

const CAUSE_OF: Readonly<Record<CallResult, string>> = {
  answered: 'normalClearing',
  voicemail: 'normalClearing',
  busy: 'busy',
  cancelled: 'cancel',
  abandoned: 'cancel',
  ivr_only: 'cancel',
  missed: 'noAnswer',
  failed: 'congestion',
  unknown: 'normalClearing',
};

/** Zammad counts calls as missed by their cause, so a call that nobody took never ends with `normalClearing`. */
function causeOf({ result, vendorStatus, answeredAt }: CallView): string {
  const status = vendorStatus.toUpperCase();
  if (result === 'missed' && status === 'CANCEL') return 'cancel';
  if (result === 'failed' && status === 'CHANUNAVAIL') return 'notFound';
  return result === 'unknown' && answeredAt === null ? 'cancel' : CAUSE_OF[result];
}

const ENCODE: Readonly<Record<Encoding, (fields: Fields) => { contentType: string; body: string }>> = {
  // A single name is text in Zammad's JSON examples.
  json: (fields) => ({
    contentType: 'application/json',
    body: JSON.stringify(fields, (_name, value: unknown) =>
      Array.isArray(value) && value.length === 1 ? (value[0] as string) : value,
    ),
  }),
  form: (fields) => ({
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(Object.entries(fields).flatMap(pairsOf)).toString(),
  }),
};

function pairsOf([name, value]: [string, Fields[string]]): [string, string][] {
  if (value === undefined) return [];
  return typeof value === 'string' ? [[name, value]] : value.map((one) => [`${name}[]`, one]);
}

/** What Zammad answers asks a PBX to act (reject, another caller id), which is no refusal; an `error` is one. */
function readReply({ body }: GivenReply): ReplyVerdict {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return { ok: true };
  }
  const error = isRecord(value) ? value['error'] : undefined;
  return typeof error === 'string' && error !== ''
    ? { ok: false, reason: error.slice(0, 300) }
    : { ok: true };
}
