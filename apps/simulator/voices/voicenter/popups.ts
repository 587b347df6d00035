/** The popup: each extension tells that it rings, talks and has hung up (seed section 2, the vendor's samples). */
import type { WrittenMessage } from '#dialects';
import { international } from '../../pbx/israeli-number.js';
import type { CallScript, Part, PartEnd } from '../../scripts/call-script.js';
import { SECOND_MS, type Heard, type TimedMessage } from '../voice.js';

export const POPUP_FORMATS = ['json', 'form', 'query'] as const;
export type PopupFormat = (typeof POPUP_FORMATS)[number];

/** Design "Dialects", trap 5: a phone that stopped ringing because a colleague answered says so. */
const CAUSE_OF_END: Readonly<Record<PartEnd, string>> = {
  talked: 'Normal hangup',
  unanswered: 'No answer',
  elsewhere: 'Answered elsewhere',
  gaveUp: 'Cancelled',
  busy: 'User busy',
};

interface PopupSetting {
  callId: string;
  format: PopupFormat;
  /** The PBX's epoch of a second of the script. */
  epoch: (at: number) => number;
}

interface Moment {
  at: number;
  status: 'Ringing' | 'Talking' | 'Hangup';
}

/** The agent who clicked sees the customer's part of it only; so do we. */
export function popupMessages(
  script: CallScript,
  parts: readonly Part[],
  setting: PopupSetting,
): TimedMessage[] {
  return parts
    .filter(({ step }) => step !== 'agent')
    .flatMap((part) =>
      moments(part).map((moment) => ({
        callId: setting.callId,
        atMs: moment.at * SECOND_MS,
        route: 'popup',
        label: `${moment.status} ${part.agent.sip}`,
        asks: 'popup' as const,
        write: (heard) => write(fieldsOf(script, part, { ...setting, ...moment }), setting.format, heard),
      })),
    );
}

function moments(part: Part): Moment[] {
  return [
    { at: part.from, status: 'Ringing' },
    ...(part.answered === null ? [] : [{ at: part.answered, status: 'Talking' as const }]),
    { at: part.until, status: 'Hangup' },
  ];
}

function fieldsOf(script: CallScript, part: Part, { callId, epoch, at, status }: PopupSetting & Moment) {
  const other = part.with === 'outside' ? undefined : part.with;
  const phone = other ? other.sip : international(script.outside);
  const answered = part.answered !== null && part.answered <= at;
  const file = `${callId}-${part.agent.sip}-${phone}.mp3`;
  return {
    phone,
    callerName: other?.name ?? '',
    ivrid: callId,
    extenUser: part.agent.sip,
    did: script.did,
    status,
    direction: part.side === 'in' ? 'Incoming' : 'Outgoing',
    recordFile: file,
    isMuted: false,
    callStarted: epoch(part.from),
    isAnswered: answered,
    callAnswered: answered && part.answered !== null ? epoch(part.answered) : 0,
    originalCallerID: other ? other.sip : script.outside,
    isInternal: other !== undefined,
    ...(status === 'Hangup' && { cause: CAUSE_OF_END[part.end] }),
    customData: script.customData,
  };
}

function write(
  all: ReturnType<typeof fieldsOf>,
  format: PopupFormat,
  { customData: remembered }: Heard,
): WrittenMessage {
  const { customData, originalCallerID, isInternal, ...fields } = all;
  if (format === 'json') {
    const currentCall = {
      callStarted: fields.callStarted,
      callAnswered: fields.callAnswered,
      answered: fields.isAnswered ? 1 : 0,
      callername: fields.callerName,
      callerphone: fields.phone,
      callstatus: fields.status,
      direction: fields.direction,
      ivrid: fields.ivrid,
      did: fields.did,
      originalCallerID,
      isInternal,
      customdata: { ...customData, ...remembered },
    };
    return {
      method: 'POST',
      contentType: 'application/json',
      body: JSON.stringify({ ...fields, currentCall }),
    };
  }
  // Neither has the nested call; the older GET names the status in its own way.
  const { phone, ivrid, extenUser, did, status, direction } = fields;
  if (format === 'query') {
    const query = { phone, ivrid, extenUser, did, statusCall: status, direction };
    return { method: 'GET', query: new URLSearchParams(query).toString() };
  }
  const form = { phone, ivrid, extenUser, did, status, direction, cause: fields.cause ?? '' };
  return {
    method: 'POST',
    contentType: 'application/x-www-form-urlencoded',
    body: new URLSearchParams(form).toString(),
  };
}
