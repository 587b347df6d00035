/** The fields of a CDR in the call log (seed section 3, "fields"; the vendor's newer documents for the later ones). */
import { instant, toEpoch, type Money, type Party } from '#domain';
import type { FacadeSettings } from '../../../facade.js';
import { squeezed } from '../../../content/squeezed.js';
import { callTypeNamed } from '../../call-types.js';
import type { CdrRow } from './cdr-rows.js';

const AGOROT_PER_SHEKEL = 100;
const UTC = { epochs: 'utc', timeZone: 'UTC' } as const;

type Column = (row: CdrRow, settings: FacadeSettings | null) => unknown;

/** In the order in which they are told when nobody says which. */
const COLUMNS: Readonly<Record<string, Column>> = {
  Date: ({ part }) => part.startedAt?.replace(/\.\d{3}Z$/, 'Z') ?? '',
  Type: ({ type }) => type,
  CdrType: ({ typeId }) => typeId,
  DID: ({ part }) => part.did?.original ?? '',
  CallerNumber: ({ part }) => withoutPlus(part.from),
  CallerExtension: (row) => (isFromExtension(row) ? (row.part.extension ?? '') : ''),
  TargetNumber: ({ part }) => part.to.e164?.slice(1) ?? withoutPlus(part.to),
  TargetExtension: (row) => (isFromExtension(row) ? '' : (row.part.extension ?? '')),
  TargetPrefixName: ({ part }) => (part.direction === 'inbound' ? '' : (part.to.countryName ?? '')),
  Duration: durationOf,
  Price: ({ part }) => agorot(part.price),
  RecordURL: ({ recordingUrls }) => recordingUrls[0] ?? '',
  RecordExpect: ({ recordingUrls }) => recordingUrls.length > 0,
  RepresentativeName: ({ part }) => part.agent?.name ?? '',
  RepresentativeCode: ({ part }) => part.agent?.code ?? '',
  DTMFData: ({ part }) => part.ivrPath.map(stepOf),
  CallID: ({ callId }) => callId,
  QueueName: ({ part }) => part.queue?.name ?? '',
  DialStatus: ({ status }) => status,
  DialStatus2: () => '',
  RingTime: ({ part }) => Math.round(part.ringSeconds ?? 0),
  CustomData: ({ part, transferOf }) => ({
    ...part.customData,
    ...(transferOf !== null && { OriginalIvrUniqueID: transferOf }),
  }),
  DepartmentName: ({ part }) => part.department?.name ?? '',
  DepartmentId: ({ part }) => (part.department === null ? 0 : numeric(part.department.id)),
};

/** Told to who asks for them by name. */
const FURTHER: Readonly<Record<string, Column>> = {
  DateEpoch: ({ part }, settings) =>
    part.startedAt === null ? 0 : Math.floor(toEpoch(instant(Date.parse(part.startedAt)), settings ?? UTC)),
  UserName: ({ part }) => part.agent?.name ?? '',
  UserId: ({ part }) => part.agent?.code ?? '',
  QueueId: ({ part }) => (part.queue === null ? 0 : numeric(part.queue.id)),
};

const bySqueezed = new Map(
  Object.entries({ ...COLUMNS, ...FURTHER }).map(([name, column]) => [squeezed(name), column]),
);

/** All that is told when nothing is asked for. */
export const ALL_COLUMNS: readonly string[] = Object.keys(COLUMNS);

/** Those of the names that are a field's, each once and spelled as it was asked for. */
export function columnsNamed(asked: readonly string[]): string[] {
  const known = new Map<string, string>();
  for (const name of asked) {
    const key = squeezed(name);
    if (bySqueezed.has(key) && !known.has(key)) known.set(key, name);
  }
  return [...known.values()];
}

/** The value of a column by any of its spellings; undefined for none. */
export function valueOf(row: CdrRow, column: string, settings: FacadeSettings | null): unknown {
  return bySqueezed.get(squeezed(column))?.(row, settings);
}

/** The first step of a call that is placed in two rings the extension; all else that goes out comes from one. */
function isFromExtension({ part, type }: CdrRow): boolean {
  return part.direction !== 'inbound' && callTypeNamed(type).leg !== 'agent';
}

/** The conversation; of a queue's call the waiting as well (design "Dialects"). */
function durationOf({ part, type }: CdrRow): number {
  const queued = part.queue !== null || callTypeNamed(type).queue === true;
  return Math.round((part.talkSeconds ?? 0) + (queued ? (part.queueSeconds ?? 0) : 0));
}

function withoutPlus({ original, e164 }: Party): string {
  return e164 !== null && original.trim().startsWith('+') ? e164.slice(1) : original;
}

/** The vendor's only currency; null where the price is not known, or in another. */
function agorot(price: Money | null): number | null {
  return price?.currency === 'ILS' ? Number((price.amount * AGOROT_PER_SHEKEL).toFixed(4)) : null;
}

function stepOf(step: CdrRow['part']['ivrPath'][number]): object {
  return {
    LayerName: step.layerName ?? '',
    DTMF: step.digits === null ? '' : numeric(step.digits),
    LayerNumber: step.layerNumber === null ? step.layerId : String(step.layerNumber),
  };
}

/** The vendor's ids are numbers; other PBXs have text there. */
function numeric(id: string): number | string {
  return /^(?:0|[1-9]\d{0,14})$/.test(id) ? Number(id) : id;
}
