/**
 * GlobalEx alerts when a call comes in to the switchboard and when an extension rings, and tells of every call once it is over
 * (seed 004). A transfer stays one call; what a colleague is asked before it is not told. Its documents know of no voicemail:
 * the extension did not answer. Who clicked to call is simply a caller.
 */
import { writeEnd, writeIncoming, type PlainFormat } from '#dialects';
import { international } from '../../pbx/israeli-number.js';
import { digits, seededRandom, weighted } from '../../pbx/random.js';
import { talkingPart, type CallScript } from '../../scripts/call-script.js';
import { resultOf } from '../result-of.js';
import { SECOND_MS, type ExpectedCall, type TimedMessage, type Voice } from '../voice.js';

const FORMATS = { query: 4, form: 2, json: 3, xml: 1 };
/** Between a call's end and its event. */
const END_DELAY_SECONDS = 1;
const STATUS_OF_RESULT: Readonly<Record<string, string>> = { answered: 'ANSWER', busy: 'BUSY' };

interface Told {
  id: string;
  caller: string;
  target: string;
}

export const globalexVoice: Voice = (script, setting) => {
  const random = seededRandom(setting.seed);
  const started = setting.wall(setting.startedAt).epochSeconds;
  const id = setting.callId ?? `${String(started)}.${digits(random, 8)}`;
  const format = weighted(random, FORMATS);
  const told = { id, ...ends(script) };
  const messages = [
    ...alerts(script).map(({ at, ext }) => alert(told, { at, ext, format })),
    endEvent(script, told, { format, started }),
  ];
  return { messages, expected: [expectedOf(script, told)] };
};

function ends({ direction, outside, did, parts }: CallScript): Omit<Told, 'id'> {
  if (direction === 'inbound') return { caller: outside, target: did };
  const out = parts.find(({ side }) => side === 'out');
  if (direction === 'outbound') return { caller: did, target: international(outside) };
  const called = out?.with === 'outside' ? undefined : out?.with;
  return { caller: out?.agent.extension ?? '', target: called?.extension ?? '' };
}

/** The route alerts first wherever the call does not go straight to one phone. */
function alerts({ direction, parts, queue, menu }: CallScript): { at: number; ext: string }[] {
  if (direction === 'outbound') return [];
  const ringing = parts.filter(({ side, step }) => side === 'in' && step !== 'consult');
  const straight = queue === null && menu === null && ringing.filter(({ from }) => from === 0).length === 1;
  return [
    ...(straight ? [] : [{ at: 0, ext: '' }]),
    ...ringing.map(({ from, agent }) => ({ at: from, ext: agent.extension })),
  ];
}

function alert(
  { id, caller, target }: Told,
  { at, ext, format }: { at: number; ext: string; format: PlainFormat },
): TimedMessage {
  const message = writeIncoming({ callid: id, ext, caller, target }, format);
  return {
    callId: id,
    atMs: at * SECOND_MS,
    route: 'incoming',
    label: `incoming ${ext}`,
    write: () => message,
  };
}

function endEvent(
  script: CallScript,
  { id, caller, target }: Told,
  { format, started }: { format: PlainFormat; started: number },
): TimedMessage {
  const { direction, queue, until } = script;
  const status = STATUS_OF_RESULT[resultOf(script)] ?? 'NO ANSWER';
  const talking = talkingPart(script.parts);
  const message = writeEnd(
    {
      caller,
      target,
      time: started,
      duration: until,
      ivruniqueid: id,
      type: direction === 'inbound' ? 'Incoming' : 'Outgoing',
      status,
      ...extensionsOf(script),
      did: direction === 'inbound' ? script.did : '',
      ...(queue && { queueid: queue.id, queuename: queue.name }),
      record: talking ? `${direction}-${id}.wav` : '',
      dialtime: talking ? until - (talking.answered ?? until) : 0,
      domain: 'pbx1.example.com',
      domain_name: 'Demo office',
    },
    format,
  );
  const atMs = (until + END_DELAY_SECONDS) * SECOND_MS;
  return { callId: id, atMs, route: 'end', label: `end ${status}`, write: () => message };
}

function extensionsOf(script: CallScript): { callerextension: string; targetextension: string } {
  const caller = script.parts.find(({ side, step }) => side === 'out' && step !== 'consult');
  const target = script.parts.find(({ side, answered }) => side === 'in' && answered !== null);
  const inside = script.direction !== 'outbound';
  return {
    callerextension: caller?.agent.extension ?? '',
    targetextension: inside ? (target?.agent.extension ?? '') : '',
  };
}

function expectedOf(script: CallScript, { id, caller, target }: Told): ExpectedCall {
  const alerted = alerts(script).filter(({ ext }) => ext !== '');
  const { callerextension, targetextension } = extensionsOf(script);
  const own = script.direction === 'inbound' ? targetextension : callerextension;
  return {
    vendorCallId: id,
    direction: script.direction,
    result: resultOf(script),
    from: caller,
    to: target,
    // Of a call that nobody took any phone that rang may stand for it.
    extensions: own === '' ? alerted.map(({ ext }) => ext) : [own],
    queue: script.queue?.name ?? null,
    ivrDigits: '',
    customData: {},
    transferOf: null,
    legs: 1 + new Set(alerted.map(({ ext }) => ext)).size,
  };
}
