/**
 * VoipNow tells what its extensions do, each by itself and without times: Dial-In or Dial-Out, an answer, Hangup (seeds 000 to
 * 002). It has no words for queues, menus and voicemail boxes. That it would ring the agent of a call ordered over its API as
 * an incoming call is not documented, so such a call begins here with the extension's own Dial-Out.
 */
import { writeCallEvent, type CallEventFields } from '#dialects';
import { international } from '../../pbx/israeli-number.js';
import type { Agent } from '../../pbx/office.js';
import { digits, pick, seededRandom, weighted } from '../../pbx/random.js';
import { talkingPart, type CallScript, type Part, type PartEnd } from '../../scripts/call-script.js';
import { resultOf } from '../result-of.js';
import { SECOND_MS, type ExpectedCall, type TimedMessage, type Voice } from '../voice.js';

/** Organisation before the extension: `0003*210`. */
const ORGANISATION = '0003';
const FORMATS = { query: 3, form: 1 };
/** Most tenants configure one URL per kind of event; some one for all of them, with its number. */
const URLS = { each: 3, one: 1 };

const STATUS_OF_END: Readonly<Record<PartEnd, string>> = {
  talked: 'ANSWER',
  unanswered: 'NOANSWER',
  elsewhere: 'CANCEL',
  gaveUp: 'CANCEL',
  busy: 'BUSY',
};

/** Each kind of event by its number in the vendor's API and by our route for it. */
const KINDS = {
  in: { dial: [0, 'dial-in'], answer: [3, 'answer-in'] },
  out: { dial: [1, 'dial-out'], answer: [4, 'answer-out'] },
} as const;
const HANGUP = [2, 'hangup'] as const;

interface Ids {
  /** Constant over transfers. */
  api: string;
  /** The number of the line, i.e. of the dialog between two ends, follows. */
  line: string;
}

export const voipnowVoice: Voice = (script, { seed, callId }) => {
  const random = seededRandom(seed);
  const ids = { api: callId ?? digits(random, 24), line: `${digits(random, 12)}.` };
  const format = weighted(random, FORMATS);
  const urls = weighted(random, URLS);
  const name = pick(random, ['', 'Dana Levi']);
  const parts = script.parts.filter(({ step }) => step !== 'agent');
  const messages = parts.flatMap((part) => {
    const fields = { CallerIDName: name, ...fieldsOf(part, script), CallAPIID: ids.api };
    const CallID = ids.line + String(lineOf(part, parts));
    return steps(part).map(({ at, kind: [code, route], status }): TimedMessage => {
      const message = writeCallEvent({ ...fields, CallID, CallStatus: status }, format);
      return {
        callId: ids.api,
        atMs: at * SECOND_MS,
        route: urls === 'one' ? `event?kind=${String(code)}` : route,
        label: `${route} ${part.agent.extension} ${status}`,
        write: () => message,
      };
    });
  });
  return { messages, expected: parts.length > 0 ? [expectedOf(script, parts, ids)] : [] };
};

function steps(part: Part) {
  const { dial, answer } = KINDS[part.side];
  return [
    { at: part.from, kind: dial, status: 'CALLING' },
    ...(part.answered === null ? [] : [{ at: part.answered, kind: answer, status: 'ANSWER' }]),
    { at: part.until, kind: HANGUP, status: STATUS_OF_END[part.end] },
  ];
}

function fieldsOf(part: Part, { outside, did }: CallScript): CallEventFields {
  const own = extended(part.agent);
  const [CallFlow, other] = [part.side.toUpperCase(), part.with];
  if (other === 'outside') {
    return part.side === 'in'
      ? { CallFlow, CallerIDNum: outside, CalledDID: did, CalledExtension: own, CalledNumber: did }
      : { CallFlow, CallerIDNum: did, CallerExtension: own, CalledNumber: international(outside) };
  }
  const [caller, called] = part.side === 'in' ? [other, part.agent] : [part.agent, other];
  return {
    CallFlow,
    CallerIDNum: caller.extension,
    CallerExtension: extended(caller),
    CalledExtension: extended(called),
    CalledNumber: called.extension,
  };
}

/** Both ends of a conversation between two extensions are on one line. */
function lineOf(part: Part, parts: readonly Part[]): number {
  const first = parts.findIndex(
    (other) =>
      other === part || (other.agent === part.with && other.with === part.agent && other.from === part.from),
  );
  return first + 1;
}

function expectedOf(script: CallScript, parts: readonly Part[], { api }: Ids): ExpectedCall {
  const answered = parts.filter((part) => part.answered !== null);
  const [first] = answered.length > 0 ? answered : parts;
  const fields = first ? fieldsOf(talkingPart(parts) ?? first, script) : {};
  return {
    vendorCallId: api,
    direction: script.direction,
    result: resultOf(script),
    from: fields.CallerIDNum ?? '',
    to: fields.CalledNumber ?? '',
    extensions: [...new Set((answered.length > 0 ? answered : parts).map(({ agent }) => extended(agent)))],
    queue: null,
    ivrDigits: '',
    customData: {},
    transferOf: null,
    legs: parts.length,
  };
}

function extended({ extension }: Agent): string {
  return `${ORGANISATION}*${extension}`;
}
