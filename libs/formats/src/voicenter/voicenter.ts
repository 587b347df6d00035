/**
 * Voicenter's CDR notification, popup notice and IVR calls (seed sections 2, 4, 5 and 12), for CRMs that were written for
 * them.
 */
import { writeCdr } from '#dialects';
import { type CallView, type ReplyVerdict, SettingsReader } from '#domain';
import { acceptsAll } from '../content/accepts-all.js';
import { dependsOnTaken, phoneNews, type PhoneNews } from '../content/phone-news.js';
import { vendorsCallId } from './call-id.js';
import { IVR_INPUT_EVENT, callIn, inputIn, milestoneOf, nothingFor, rangIn } from '../content/told-call.js';
import { messageTo, postTo } from '../content/write-message.js';
import type { Format, GivenReply, OutgoingMessage, ToldEvent, Writer, Writing } from '../format.js';
import { cdrFields } from './cdr-fields.js';
import { hangupNotice, ivrInputNotice, wasInMenu } from './ivr-notice.js';
import { popupNotice, type PopupStatus } from './popup-notice.js';
import { readCdrReply, readHangupReply } from './read-reply.js';
import { readVoicenterSettings, type VoicenterSettings } from './settings.js';
import { writePopup } from './write-popup.js';

export const voicenter: Format = {
  name: 'voicenter',
  title: 'Voicenter',
  about:
    'The CDR notification of every call that is over, as JSON, form or XML-RPC; popup notices while it goes on; what is pressed in menus.',
  prepare: (given) => {
    const reader = new SettingsReader(given);
    const settings = readVoicenterSettings(reader);
    const problems = reader.finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, writer: writerWith(settings) };
  },
};

/** Keys of the messages, by which their replies are told apart. */
const CDR = 'cdr';
const POPUP = 'popup';
const IVR_INPUT = 'ivr';
const HANGUP = 'hangup';

const POPUP_STATUS: Readonly<Record<PhoneNews['is'], PopupStatus>> = {
  ringing: 'Ringing',
  answered: 'Talking',
  ended: 'Hangup',
};

function writerWith(settings: VoicenterSettings): Writer {
  const urls = { popupUrl: settings.popupUrl, ivrUrl: settings.ivrUrl };
  return {
    settings: JSON.parse(JSON.stringify(settings)) as Record<string, unknown>,
    urls: Object.entries(urls).flatMap(([path, url]) => (url === undefined ? [] : [{ path, url }])),
    buildsUpon: (event) => settings.popupUrl !== undefined && dependsOnTaken(event),
    write: (event, url) => write(event, url, settings),
    readReply: (reply, key) => readReply(reply, key, settings),
  };
}

/**
 * What a popup is answered is for the agent's screen, and what a key is answered is for the caller who is past it: that they
 * were taken is all that can be had of it. A CRM that does not know the caller has not refused the notice.
 */
function readReply(
  reply: GivenReply,
  key: string,
  { encoding, ivrEncoding }: VoicenterSettings,
): ReplyVerdict {
  if (key === CDR) return readCdrReply(reply, encoding === 'xmlrpc');
  return key === HANGUP ? readHangupReply(reply, ivrEncoding === 'xmlrpc') : acceptsAll();
}

function write(event: ToldEvent, url: string, settings: VoicenterSettings): Writing {
  const isOfUse = milestoneOf(event.type) !== undefined || event.type === IVR_INPUT_EVENT;
  const told = isOfUse ? callIn(event) : undefined;
  if (told === undefined) return nothingFor(event.type);
  const call = { ...told, vendorCallId: vendorsCallId(told, settings.timeZone) };
  const messages = [
    ...cdrMessages(event, call, { url, settings }),
    ...popupMessages(event, call, settings),
    ...ivrMessages(event, call, settings),
  ];
  return messages.length === 0 ? nothingFor(event.type) : { kind: 'messages', messages, independent: true };
}

function cdrMessages(
  { type, occurredAt }: ToldEvent,
  call: CallView,
  { url, settings }: { url: string; settings: VoicenterSettings },
): OutgoingMessage[] {
  const { cdr, updates, encoding, epochs, timeZone } = settings;
  const milestone = milestoneOf(type);
  if (!cdr || !(milestone === 'ended' || (milestone === 'updated' && updates))) return [];
  return [postTo(url, writeCdr(cdrFields(call, occurredAt, { epochs, timeZone }), encoding), CDR)];
}

/** Each phone has notices of its own. */
function popupMessages(
  event: ToldEvent,
  call: CallView,
  { popupUrl, popupEncoding, epochs, timeZone }: VoicenterSettings,
): OutgoingMessage[] {
  const milestone = milestoneOf(event.type);
  if (popupUrl === undefined || milestone === undefined) return [];
  const news = phoneNews(event, call, milestone);
  const several = news.length > 1 || (rangIn(event) ?? []).length > 1;
  return news.map(({ part, is }) => {
    const moment = { status: POPUP_STATUS[is], occurredAt: event.occurredAt, reading: { epochs, timeZone } };
    const notice = popupNotice(call, part, moment);
    const key = several ? `${POPUP}@${encodeURIComponent(notice.extenUser)}` : POPUP;
    return messageTo(popupUrl, writePopup(notice, call, popupEncoding), key);
  });
}

function ivrMessages(
  event: ToldEvent,
  call: CallView,
  { ivrUrl, ivrEncoding: encoding, epochs, timeZone }: VoicenterSettings,
): OutgoingMessage[] {
  if (ivrUrl === undefined) return [];
  const moment = { occurredAt: event.occurredAt, encoding };
  const input = inputIn(event);
  if (input !== undefined) return [postTo(ivrUrl, ivrInputNotice(call, input, moment), IVR_INPUT)];
  if (milestoneOf(event.type) !== 'ended' || !wasInMenu(call)) return [];
  return [postTo(ivrUrl, hangupNotice(call, { ...moment, reading: { epochs, timeZone } }), HANGUP)];
}
