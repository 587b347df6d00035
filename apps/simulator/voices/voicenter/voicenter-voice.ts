/**
 * Voicenter tells of a call four times over: popups while it goes on, the menu's questions, and CDRs when it is over. All
 * epochs are the office's wall clock as if it were UTC.
 */
import { instant } from '#domain';
import type { Cdr } from '../../pbx/cdr.js';
import { digits, pick, seededRandom, weighted } from '../../pbx/random.js';
import { writeCdrMessage, type CdrFormat } from '../../pbx/write-cdr-message.js';
import type { CallScript } from '../../scripts/call-script.js';
import {
  SECOND_MS,
  type ExpectedCall,
  type Heard,
  type PlanSetting,
  type TimedMessage,
  type Voice,
} from '../voice.js';
import { cdrsOf, endingOf, type LegCdr } from './cdrs.js';
import { menuMessages } from './menu-messages.js';
import { POPUP_FORMATS, popupMessages } from './popups.js';
import { toldCalls, type ToldCall } from './told-calls.js';

const CDR_FORMATS = { json: 6, xmlrpc: 3, form: 1 };
const IVR_FORMATS = { json: 1, xmlrpc: 1 };
/** Between a leg's end and its CDR. */
const CDR_DELAY_SECONDS = 2;
/** Only JSON says what a call was handed on from (seed section 4, field 23). */
const TELLS_ORIGINAL: CdrFormat = 'json';

const BLANK: Omit<Cdr, 'time' | 'ivruniqueid'> = {
  caller: '',
  target: '',
  duration: 0,
  type: '',
  status: '',
  targetextension: '',
  callerextension: '',
  did: '',
  queueid: 0,
  queuename: '',
  record: '',
  price: 0,
  dialtime: 0,
  representative_name: '',
  representative_code: '',
  targetextension_name: '',
  callerextension_name: '',
  target_country: '',
  caller_country: '',
};

export const voicenterVoice: Voice = (script, setting) => {
  const random = seededRandom(setting.seed);
  const epoch = (at: number) => setting.wall(instant(setting.startedAt + at * SECOND_MS)).epochSeconds;
  const newId = () => setting.wall(setting.startedAt).digits + digits(random, 16);
  const calls = toldCalls(script, [setting.callId ?? newId(), newId()]);
  const cdrFormat = weighted(random, CDR_FORMATS);
  const formats = { popup: pick(random, POPUP_FORMATS), ivr: weighted(random, IVR_FORMATS) };
  const messages = calls.flatMap((call) => {
    const { id: callId, parts } = call;
    return [
      ...popupMessages(script, parts, { callId, format: formats.popup, epoch }),
      ...(call.original === null ? menuMessages(script, parts, { callId, format: formats.ivr, epoch }) : []),
      ...cdrsOf(script, call).map((leg) => cdrMessage(script, call, { leg, epoch, format: cdrFormat })),
    ];
  });
  return { messages, expected: calls.map((call) => expectedOf(script, call, { cdrFormat, setting })) };
};

function cdrMessage(
  script: CallScript,
  call: ToldCall,
  { leg, epoch, format }: { leg: LegCdr; epoch: (at: number) => number; format: CdrFormat },
): TimedMessage {
  const cdr: Cdr = { ...BLANK, time: epoch(leg.from), ivruniqueid: call.id, ...leg.fields };
  if (call.original !== null) cdr.OriginalIvrUniqueID = call.original;
  if (cdr.status === 'ANSWER' && cdr.type !== 'Click2Call leg1') {
    cdr.record = `https://recordings.example.com/CallsHistory/PlayRecord/${call.id}-aws.mp3`;
  }
  const write = ({ customData }: Heard) => {
    const all = { ...script.customData, ...customData };
    const told = Object.keys(all).length > 0 ? { ...cdr, CustomData: all } : cdr;
    return { method: 'POST' as const, ...writeCdrMessage(told, format) };
  };
  const atMs = (leg.until + CDR_DELAY_SECONDS) * SECOND_MS;
  return { callId: call.id, atMs, route: 'cdr', label: `CDR ${cdr.type} ${cdr.status}`, write };
}

function expectedOf(
  script: CallScript,
  call: ToldCall,
  { cdrFormat, setting }: { cdrFormat: CdrFormat; setting: PlanSetting },
): ExpectedCall {
  const legs = cdrsOf(script, call);
  // The last leg is the customer's; the one before is between two of the office, or rings the agent.
  const { caller = '', target = '', callerextension = '', targetextension = '' } = legs.at(-1)?.fields ?? {};
  const extension = script.direction === 'inbound' ? targetextension : callerextension;
  return {
    vendorCallId: call.id,
    direction: script.direction,
    result: endingOf(script, call.parts).result,
    from: caller,
    to: target,
    extensions: extension === '' ? [] : [extension],
    queue: call.original === null ? (script.queue?.name ?? null) : null,
    ivrDigits:
      call.original === null ? (script.menu?.presses ?? []).map((press) => press.digits).join('') : '',
    customData: script.customData,
    transferOf: cdrFormat === TELLS_ORIGINAL ? call.original : null,
    legs: setting.routes.includes('popup') || script.menu !== null ? null : legs.length,
  };
}
