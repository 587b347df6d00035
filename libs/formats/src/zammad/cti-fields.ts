/** A call in the parameters of Zammad's events (docs.zammad.org, "Generic CTI"). */
import type { CallResult, CallView } from '#domain';
import { isVoicemail, type CtiEvent } from './cti-events.js';

/** A list stands for several people of whom each may be meant. */
export type CtiFields = Record<string, string | readonly string[] | undefined>;

/** Zammad keeps an answered call open, as one to be called back, when this is who answered it (its `Cti::Log`). */
const VOICEMAIL = 'voicemail';

export function ctiFields(call: CallView, event: CtiEvent): CtiFields {
  return { ...sharedFields(call, event), ...OWN_FIELDS[event](call) };
}

/** An internal call is begun by one of ours, so it is going out. */
function sharedFields(call: CallView, event: CtiEvent): CtiFields {
  return {
    event,
    from: numberOf(call.from),
    to: numberOf(call.direction === 'inbound' ? (call.did ?? call.to) : call.to),
    direction: call.direction === 'inbound' ? 'in' : 'out',
    callId: call.id,
  };
}

const OWN_FIELDS: Readonly<Record<CtiEvent, (call: CallView) => CtiFields>> = {
  newCall: (call) => ({ user: calledPeople(call), queue: call.queue?.name ?? call.queue?.id }),
  answer: (call) => ({ user: answeredBy(call), answeringNumber: answeringNumber(call) }),
  hangup: (call) => ({
    user: answeredBy(call),
    cause: causeOf(call),
    answeringNumber: answeringNumber(call),
  }),
};

/** Whose phones ring, or who calls; each once. */
function calledPeople({ agent, legs, direction }: CallView): string[] | undefined {
  const rung = direction === 'inbound' ? legs.map((leg) => leg.agent?.name ?? '') : [];
  const names = new Set([...rung, agent?.name ?? ''].filter((name) => name !== ''));
  return names.size === 0 ? undefined : [...names];
}

/** One name and no list: Zammad looks for the user of this name when a call is answered. */
function answeredBy(call: CallView): string | undefined {
  return isVoicemail(call) ? VOICEMAIL : (call.agent?.name ?? undefined);
}

/** Zammad looks an agent up by it (phone, login, id); of what we know the extension is likeliest to be there. */
function answeringNumber(call: CallView): string | undefined {
  if (call.direction !== 'inbound' || call.answeredAt === null || isVoicemail(call)) return undefined;
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
