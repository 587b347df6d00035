/** What a mapping says to the PBX. */
import type { Reply, ReplyTo, Verdict } from '../dialect.js';
import { escapeXml } from '../xmlrpc/write-value.js';
import { fillTemplate, type Fillings } from './fill-template.js';
import { rawText } from '../content/scalars.js';
import { Beside, readMessages } from './message.js';
import { shapeOf } from './read-by-mapping.js';
import type { ReadyMapping, ReadyPath, ReadyReply } from './ready-mapping.js';
import { spotsAt, type Where } from './spots-at.js';

const NOTHING: ReadyReply = { status: null, contentType: 'text/plain', body: [], headers: [] };
/** Characters of what came that a reply repeats. */
const LONGEST_VALUE = 1000;
const NOT_IN_HEADERS = /[^\t\x20-\x7e]/g;

export function answerByMapping(verdict: Verdict, to: ReplyTo, mapping: ReadyMapping): Reply {
  const where = whereOf(to);
  const own =
    verdict.kind === 'accepted' && where !== undefined
      ? shapeOf(mapping, where.message, where.beside)
      : undefined;
  const rule = own?.reply ?? mapping.replies[verdict.kind] ?? NOTHING;
  const reason = 'reason' in verdict ? verdict.reason : '';
  const words: Readonly<Record<string, string>> = { url: to.asked?.addresses[0] ?? '', reason };
  return writeReply(rule, { where, words });
}

/** The status is only in it where the rule has one. */
export function writeReply(
  rule: ReadyReply,
  { where, words }: { where: Where | undefined; words: Readonly<Record<string, string>> },
): Reply & { headers: Record<string, string> } {
  const fillings: Fillings = {
    word: (name) => words[name] ?? '',
    path: (path) => (where === undefined ? '' : cut(textAt(path, where))),
  };
  const escape = escapeFor(rule.contentType);
  const headers = rule.headers.map(([name, value]) => [
    name,
    fillTemplate(value, fillings).replace(NOT_IN_HEADERS, ''),
  ]);
  return {
    ...(rule.status !== null && { status: rule.status }),
    contentType: rule.contentType,
    body: fillTemplate(rule.body, { ...fillings, escape }),
    headers: Object.fromEntries(headers) as Record<string, string>,
  };
}

/** The first text there, whole: it may be what is signed. */
export function textAt(path: ReadyPath, where: Where): string {
  for (const { value } of spotsAt(path, where)) {
    const text = rawText(value);
    if (text !== '') return text;
  }
  return '';
}

function cut(text: string): string {
  return text.slice(0, LONGEST_VALUE).toWellFormed();
}

/** Of the first message; undefined where it is not known what was asked. */
function whereOf({ asked }: ReplyTo): Where | undefined {
  if (asked === undefined) return undefined;
  const reading = readMessages(asked);
  const message = reading.ok ? reading.messages[0] : undefined;
  return { item: message, message, beside: new Beside(asked, asked.addresses) };
}

/** Also where it stands in an attribute. */
function escapeMarkup(text: string): string {
  return escapeXml(text).replaceAll('"', '&quot;').replaceAll("'", '&apos;');
}

function escapeFor(contentType: string): (text: string) => string {
  if (/json/i.test(contentType)) return (text) => JSON.stringify(text).slice(1, -1);
  return /xml/i.test(contentType) ? escapeMarkup : (text) => text;
}
