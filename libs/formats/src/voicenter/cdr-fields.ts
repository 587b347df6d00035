/** A call in the fields of the vendor's CDR notification (seed section 4, "CDR request parameters", and its newer samples). */
import { callTypeNamed, isCallType, type CdrFields, type Writable } from '#dialects';
import { toEpoch, type CallView, type EpochReading, type Instant, type Money } from '#domain';
import { startOf } from '../content/told-call.js';
import { DIRECTION_WORD, cdrWords } from './cdr-words.js';

const AGOROT_PER_SHEKEL = 100;

/** What a CDR is written of: the whole call, or the part of it that the vendor would have told. */
type Told = Omit<CallView, 'legs' | 'id' | 'connectionId' | 'state'>;

/**
 * A call that was placed in two steps has two CDRs at the vendor; we send one event by one CDR, so it is the customer's: it
 * has the conversation and the recording. The price is of both.
 */
export function cdrFields(call: CallView, occurredAt: Instant, reading: EpochReading): CdrFields {
  const customer = call.legs.find(({ key }) => key === 'customer');
  const told: Told =
    customer === undefined
      ? call
      : {
          ...call,
          ...customer,
          extension: customer.extension ?? call.extension,
          agent: customer.agent ?? call.agent,
          price: call.price,
          recordings: call.recordings,
          customData: call.customData,
        };
  const start = startOf(told, occurredAt);
  const fields = filled({ ...fieldsOf(told), time: Math.floor(toEpoch(start, reading)) });
  return { ...kept(told, fields), ...fields };
}

/** In the seed's order, then what newer samples have. What does not apply is empty where the seed shows it so, else left out. */
function fieldsOf(told: Told): Record<string, Writable> {
  const { type, status } = cdrWords(told);
  const outgoing = told.direction !== 'inbound';
  const extension = told.extension ?? '';
  const isAgents = callTypeNamed(type).leg === 'agent';
  return {
    caller: told.from.original,
    target: told.to.original,
    time: 0,
    duration: durationOf(told, type),
    ivruniqueid: told.vendorCallId,
    type,
    status,
    targetextension: outgoing && !isAgents ? '' : extension,
    callerextension: outgoing && !isAgents ? extension : '',
    did: told.did?.original ?? '',
    queueid: queueId(told),
    queuename: told.queue?.name ?? '',
    record: told.recordings[0]?.url ?? '',
    price: agorot(told.price),
    dialtime: Math.round(told.ringSeconds ?? 0),
    representative_name: told.agent?.name ?? undefined,
    representative_code: told.agent?.code ?? undefined,
    target_country: outgoing ? (told.to.countryName ?? undefined) : undefined,
    caller_country: outgoing ? undefined : (told.from.countryName ?? undefined),
    // The seed has the next two in JSON only; in the other formats they are one more member that nobody has to read.
    seconds_waiting_in_queue: told.queueSeconds === null ? undefined : Math.round(told.queueSeconds),
    OriginalIvrUniqueID: told.transferOf ?? undefined,
    direction: DIRECTION_WORD[told.direction],
    DepartmentID: told.department === null ? undefined : numeric(told.department.id),
    DepartmentName: told.department?.name ?? undefined,
    IVR: told.ivrPath.length === 0 ? undefined : told.ivrPath.map(layerOf),
    CustomData: isEmpty(told.customData) ? undefined : (told.customData as Writable),
    aiData: (told.ai ?? undefined) as Writable,
  };
}

/** The conversation; of a queue's call the waiting as well (design "Dialects"). */
function durationOf(told: Told, type: string): number {
  const queued = callTypeNamed(type).queue === true || queueId(told) !== 0;
  return Math.round((told.talkSeconds ?? 0) + (queued ? (told.queueSeconds ?? 0) : 0));
}

/** 0, and not null, for none (seed, field 11). */
function queueId({ queue }: Told): number | string {
  return queue === null ? 0 : numeric(queue.id);
}

/** The vendor's ids are numbers; other PBXs have text there. */
function numeric(id: string): number | string {
  return /^[1-9]\d{0,14}$/.test(id) ? Number(id) : id;
}

/** Of another currency the vendor has no word. */
function agorot(price: Money | null): number | undefined {
  return price?.currency === 'ILS' ? Number((price.amount * AGOROT_PER_SHEKEL).toFixed(4)) : undefined;
}

function layerOf(step: CallView['ivrPath'][number]): Writable {
  return {
    layer_id: numeric(step.layerId),
    layer_name: step.layerName,
    layer_number: step.layerNumber,
    Dtmf: step.digits === null ? null : numericOrZero(step.digits),
    dtmf_order: step.order,
  };
}

function numericOrZero(digits: string): number | string {
  return digits === '0' ? 0 : numeric(digits);
}

/**
 * What the vendor sent and we have no word for goes on to a CRM that was written for the vendor. Names that we write
 * ourselves are left out in any spelling: readers compare them loosely.
 */
function kept(told: Told, fields: Readonly<Record<string, unknown>>): CdrFields {
  if (!isCallType(told.vendorType)) return {};
  const ours = new Set(Object.keys(fields).map(loose));
  return Object.fromEntries(Object.entries(told.raw).filter(([name]) => !ours.has(loose(name)))) as CdrFields;
}

function loose(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Without what does not apply: it must not wipe out what the vendor itself said. */
function filled(fields: Readonly<Record<string, Writable>>): Record<string, Writable> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}
