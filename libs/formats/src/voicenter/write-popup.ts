/** Puts a popup notice on the wire as the vendor does (seed section 2; design "Dialects", "Popup"). */
import { writeFields, type WrittenMessage } from '#dialects';
import type { CallView, Party } from '#domain';
import { outsideOf, type PopupNotice } from './popup-notice.js';

/** `query`: by GET, in the URL. */
export const POPUP_ENCODINGS = ['json', 'form', 'query'] as const;
export type PopupEncoding = (typeof POPUP_ENCODINGS)[number];

const WRITERS: Readonly<Record<PopupEncoding, (notice: PopupNotice, call: CallView) => WrittenMessage>> = {
  json: (notice) => ({
    method: 'POST',
    contentType: 'application/json',
    body: JSON.stringify(notice),
  }),
  form: (notice) => writeFields(flat(notice), 'form'),
  query: (notice, call) => writeFields(queryFields(notice, call), 'query'),
};

export function writePopup(notice: PopupNotice, call: CallView, encoding: PopupEncoding): WrittenMessage {
  return WRITERS[encoding](notice, call);
}

/** A form has no nested values: they are written as JSON text, as in a CDR. */
function flat(notice: PopupNotice): [string, string][] {
  return Object.entries(notice).map(([name, value]) => [
    name,
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  ]);
}

/**
 * The oldest way: the number as it is dialed at home, `statusCall`, nothing nested. The vendor's printed examples end with
 * the status; what follows is what they leave open.
 */
function queryFields(notice: PopupNotice, call: CallView): [string, string][] {
  const { ivrid, extenUser, did, status, direction, callerName, cause = '' } = notice;
  const custom = Object.keys(call.customData).length === 0 ? '' : JSON.stringify(call.customData);
  return [
    ['phone', dialedAtHome(outsideOf(call))],
    ['ivrid', ivrid],
    ['extenUser', extenUser],
    ['did', did],
    ['statusCall', status],
    ['direction', direction],
    ['callerName', callerName],
    ['callStarted', String(notice.callStarted)],
    ['isAnswered', String(notice.isAnswered)],
    ['callAnswered', String(notice.callAnswered)],
    ...(cause === '' ? [] : [['cause', cause] satisfies [string, string]]),
    ...(custom === '' ? [] : [['customData', custom] satisfies [string, string]]),
  ];
}

/** The vendor is at home in Israel: `0722776772`, and numbers of other countries without a plus. */
function dialedAtHome({ e164, original }: Party): string {
  if (e164 === null) return original;
  return e164.startsWith('+972') ? `0${e164.slice(4)}` : e164.slice(1);
}
