/**
 * VoipNow's call events (seeds 000 to 002), for CRMs that were written for them.
 *
 * The table of requests is a setting of one endpoint. An event makes as many requests as rows match it, and its delivery is
 * done when all of them were taken: a try sends what is still open and remembers what was taken by the row's event id, so
 * that a broken URL in one row neither repeats nor holds up the others. The endpoint's limits, breaker and schedule are
 * those of all its rows together; whoever wants them apart makes an endpoint a row. The endpoint's own URL is not called.
 */
import { writeCallEvent } from '#dialects';
import { acceptsAll } from '../content/accepts-all.js';
import { dependsOnTaken, phoneNews } from '../content/phone-news.js';
import { callIn, milestoneOf, nothingFor, rangIn } from '../content/told-call.js';
import { messageTo } from '../content/write-message.js';
import type { Format, OutgoingMessage, ToldEvent, Writer, Writing } from '../format.js';
import { SettingsReader } from '#domain';
import { keepingCount } from './edit-table.js';
import { eventFields, flowOf, kindOf } from './event-fields.js';
import { readTable } from './read-table.js';
import { rowsFor, type CallEventTable } from './table.js';

interface VoipnowSettings {
  table: CallEventTable;
  /** Put in front of extensions that are no extended numbers, e.g. `0003`; empty: they are written as they are. */
  organization: string;
}

export const voipnow: Format = {
  name: 'voipnow',
  title: 'VoipNow',
  about: 'Call events by GET or POST to the URLs of a table, by extension and kind of event.',
  inPlaceOf: keepingCount,
  prepare: (given) => {
    const reader = new SettingsReader(given);
    const organization = reader.text('organization', { max: 8 });
    if (!/^\w*$/.test(organization)) reader.complain('organization', 'This must be digits or letters only.');
    const table = readTable(reader);
    const problems = reader.finish();
    return problems.length > 0
      ? { ok: false, problems }
      : { ok: true, writer: writerWith({ table, organization }) };
  },
};

function writerWith(settings: VoipnowSettings): Writer {
  const { table, organization } = settings;
  return {
    settings: { organization, nextEventId: table.nextEventId, rows: table.rows },
    urls: table.rows.map(({ url }, index) => ({ path: `rows.${index}.url`, url })),
    buildsUpon: dependsOnTaken,
    write: (event) => write(event, settings),
    readReply: acceptsAll,
  };
}

/** Each phone has events of its own: when it rings, when it is answered, when that is over. */
function write(event: ToldEvent, { table, organization }: VoipnowSettings): Writing {
  const milestone = milestoneOf(event.type);
  const call = milestone === undefined ? undefined : callIn(event);
  if (milestone === undefined || call === undefined) return nothingFor(event.type);
  const extended = (extension: string) =>
    organization === '' || extension === '' || extension.includes('*')
      ? extension
      : `${organization}*${extension}`;
  const news = phoneNews(event, call, milestone);
  const several = news.length > 1 || (rangIn(event) ?? []).length > 1;
  const messages = news.flatMap(({ part, is }): OutgoingMessage[] => {
    const extension = extended(part.extension ?? '');
    const fields = eventFields(call, part, { is, extended });
    return rowsFor(table, { extension, kind: kindOf(is, flowOf(part)) }).map((row) =>
      messageTo(
        row.url,
        writeCallEvent(fields, row.method === 'GET' ? 'query' : 'form'),
        keyOf(row.eventId, several ? extension : ''),
      ),
    );
  });
  if (messages.length > 0) return { kind: 'messages', messages, independent: true };
  return news.length === 0
    ? nothingFor(event.type)
    : { kind: 'nothing', reason: `no active row for ${event.type} and its extension` };
}

function keyOf(eventId: number, extension: string): string {
  return extension === '' ? String(eventId) : `${eventId}@${encodeURIComponent(extension)}`;
}
