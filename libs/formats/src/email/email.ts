/**
 * Plain-text e-mail about operational events, for people: one to each address of the endpoint, so that nobody sees the others' and an
 * address that is refused keeps none from the rest. Events of calls are never written as mail.
 */
import { SettingsReader, isOperational, isRecord, readMailTarget } from '#domain';
import { acceptsAll } from '../content/accepts-all.js';
import { nothingFor } from '../content/told-call.js';
import type { Format, ToldEvent, Writing } from '../format.js';
import { MOST_PER_HOUR, mailLimit } from './mail-limit.js';
import { MAIL_WORDS, OTHER_WORDS, type MailWords } from './mail-words.js';
import { oneLine } from './one-line.js';

/** What an operational event is about, by the member of its data that tells. */
const SUBJECTS = {
  endpoint: 'Endpoint',
  connection: 'Connection',
  apiKey: 'API key',
  tenant: 'Tenant',
  campaign: 'Campaign',
} as const;

const LONGEST_REASON = 1_000;

interface Subject {
  kind: string;
  id: string;
  name: string;
}

export const email: Format = {
  name: 'email',
  title: 'E-mail',
  about: 'E-mail to mailto: addresses, for events about endpoints, connections and keys themselves.',
  carrier: 'mail',
  prepare: (given) => {
    const reader = new SettingsReader(given);
    const mostPerHour = reader.count('mostPerHour', { min: 1, max: MOST_PER_HOUR, byDefault: MOST_PER_HOUR });
    const problems = reader.finish();
    if (problems.length > 0) return { ok: false, problems };
    const writer = {
      settings: { mostPerHour },
      urls: [],
      limit: mailLimit(mostPerHour),
      write,
      readReply: acceptsAll,
    };
    return { ok: true, writer };
  },
};

function write(event: ToldEvent, url: string, apiUrl: string | null = null): Writing {
  const target = readMailTarget(url);
  if (!isOperational(event.type)) return nothingFor(event.type);
  if (!target.ok) return { kind: 'nothing', reason: 'no e-mail address to write to' };
  const words = wordsFor(event.type);
  const data: unknown = JSON.parse(event.payload);
  const about = isRecord(data) ? subjectOf(data) : undefined;
  const title = words.title(about?.name ?? '');
  const body = bodyOf({ event, words, title, about, data, apiUrl });
  return {
    kind: 'messages',
    messages: target.recipients.map((recipient) => ({
      key: recipient,
      method: 'MAIL',
      url: `mailto:${recipient}`,
      headers: { subject: `[Switchhook] ${title}` },
      body,
    })),
    independent: true,
  };
}

function wordsFor(type: string): MailWords {
  return Object.hasOwn(MAIL_WORDS, type) ? MAIL_WORDS[type as keyof typeof MAIL_WORDS] : OTHER_WORDS;
}

function subjectOf(data: Record<string, unknown>): Subject | undefined {
  for (const [member, kind] of Object.entries(SUBJECTS)) {
    const value = data[member];
    if (isRecord(value)) return { kind, id: textOf(value['id']), name: textOf(value['name']) };
  }
  return undefined;
}

function bodyOf(mail: {
  event: ToldEvent;
  words: MailWords;
  title: string;
  about: Subject | undefined;
  data: unknown;
  apiUrl: string | null;
}): string {
  const { event, words, title, about, data, apiUrl } = mail;
  const reason = isRecord(data) ? textOf(data['reason'], LONGEST_REASON) : '';
  const requests = words.requests(about?.id ?? '').map((request) => `  ${withAddress(request, apiUrl)}`);
  const facts = [
    `When:   ${new Date(event.occurredAt).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    ...(about === undefined ? [] : [`About:  ${about.kind} ${about.name} (${about.id})`]),
    `Event:  ${oneLine(event.type)} (${event.id})`,
  ];
  const lines = [
    `${title}.`,
    ...(reason === '' ? [] : ['', reason]),
    '',
    ...facts,
    '',
    words.advice,
    ...(apiUrl === null ? ['At the API of your installation:'] : []),
    ...requests,
    '',
    '-- ',
    'Sent because an e-mail endpoint asks for such events. To get fewer of them, change its event types,',
    'or pause or delete it.',
  ];
  return `${lines.join('\n')}\n`;
}

/** `GET /v1/x` as a request that can be made. */
function withAddress(request: string, apiUrl: string | null): string {
  return apiUrl === null ? request : request.replace(' /', ` ${apiUrl}/`);
}

function textOf(value: unknown, most?: number): string {
  return typeof value === 'string' ? oneLine(value, most) : '';
}
