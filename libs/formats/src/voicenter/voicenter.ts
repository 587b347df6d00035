/** Voicenter's CDR notification and popup notice (seed sections 2 and 4), for CRMs that were written for them. */
import { writeCdr } from '#dialects';
import { callIn, milestoneOf, nothingFor, type Milestone } from '../content/told-call.js';
import { postTo } from '../content/write-message.js';
import type { Format, OutgoingMessage, ToldEvent, Writer, Writing } from '../format.js';
import { SettingsReader } from '../settings/settings-reader.js';
import { cdrFields } from './cdr-fields.js';
import { popupNotice, type PopupStatus } from './popup-notice.js';
import { readCdrReply } from './read-reply.js';
import { readVoicenterSettings, type VoicenterSettings } from './settings.js';

export const voicenter: Format = {
  name: 'voicenter',
  title: 'Voicenter',
  about:
    'The CDR notification of every call that is over, as JSON, form or XML-RPC; popup notices while it goes on.',
  prepare: (given) => {
    const reader = new SettingsReader(given);
    const settings = readVoicenterSettings(reader);
    const problems = reader.finish();
    return problems.length > 0 ? { ok: false, problems } : { ok: true, writer: writerWith(settings) };
  },
};

const POPUP_STATUS: Readonly<Partial<Record<Milestone, PopupStatus>>> = {
  ringing: 'Ringing',
  answered: 'Talking',
  ended: 'Hangup',
};

function writerWith(settings: VoicenterSettings): Writer {
  const { popupUrl } = settings;
  return {
    settings: JSON.parse(JSON.stringify(settings)) as Record<string, unknown>,
    urls: popupUrl === undefined ? [] : [{ path: 'popupUrl', url: popupUrl }],
    write: (event, url) => write(event, url, settings),
    // A popup's answer has no `err`, so one reader does for both; only the CDR may have to be answered in XML-RPC.
    readReply: (reply, key) => readCdrReply(reply, key === 'cdr' && settings.encoding === 'xmlrpc'),
  };
}

function write(event: ToldEvent, url: string, settings: VoicenterSettings): Writing {
  const milestone = milestoneOf(event.type);
  const call = milestone === undefined ? undefined : callIn(event);
  if (milestone === undefined || call === undefined) return nothingFor(event.type);
  const messages: OutgoingMessage[] = [];
  const { encoding, popupUrl, epochs, timeZone } = settings;
  const reading = { epochs, timeZone };
  if (settings.cdr && (milestone === 'ended' || (milestone === 'updated' && settings.updates))) {
    messages.push(postTo(url, writeCdr(cdrFields(call, event.occurredAt, reading), encoding), 'cdr'));
  }
  const status = POPUP_STATUS[milestone];
  if (popupUrl !== undefined && status !== undefined) {
    const notice = popupNotice(call, status, { occurredAt: event.occurredAt, reading });
    messages.push(
      postTo(popupUrl, { contentType: 'application/json', body: JSON.stringify(notice) }, 'popup'),
    );
  }
  return messages.length === 0 ? nothingFor(event.type) : { kind: 'messages', messages, independent: true };
}
