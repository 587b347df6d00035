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
import { callParts } from '../content/call-parts.js';
import { callIn, milestoneOf, nothingFor } from '../content/told-call.js';
import { messageTo } from '../content/write-message.js';
import type { Format, OutgoingMessage, ToldEvent, Writer, Writing } from '../format.js';
import { SettingsReader } from '../settings/settings-reader.js';
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
    write: (event) => write(event, settings),
    readReply: acceptsAll,
  };
}

/**
 * Only the extensions that ring when a call first rings are told to ring: a call's milestones are told once. Its end is told
 * of every extension that it was at.
 */
function write(event: ToldEvent, { table, organization }: VoipnowSettings): Writing {
  const milestone = milestoneOf(event.type);
  const call = milestone === undefined ? undefined : callIn(event);
  if (milestone === undefined || call === undefined) return nothingFor(event.type);
  const extended = (extension: string) =>
    organization === '' || extension === '' || extension.includes('*')
      ? extension
      : `${organization}*${extension}`;
  const parts =
    milestone === 'answered'
      ? [call]
      : callParts(call, ({ state }) => milestone === 'ended' || state === 'ringing');
  const messages = parts.flatMap((part): OutgoingMessage[] => {
    const kind = kindOf(milestone, flowOf(part));
    if (kind === undefined) return [];
    const extension = extended(part.extension ?? '');
    const fields = eventFields(call, part, { milestone, extended });
    return rowsFor(table, { extension, kind }).map((row) =>
      messageTo(
        row.url,
        writeCallEvent(fields, row.method === 'GET' ? 'query' : 'form'),
        keyOf(row.eventId, parts.length > 1 ? extension : ''),
      ),
    );
  });
  if (messages.length > 0) return { kind: 'messages', messages, independent: true };
  return kindOf(milestone, 'IN') === undefined
    ? nothingFor(event.type)
    : { kind: 'nothing', reason: `no active row for ${event.type} and its extension` };
}

function keyOf(eventId: number, extension: string): string {
  return extension === '' ? String(eventId) : `${eventId}@${encodeURIComponent(extension)}`;
}
