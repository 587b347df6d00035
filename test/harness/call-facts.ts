/** What a record says of a call, what a dialect's reader makes of what a CRM was sent, and what another program reads in it. */
import { instant, normaliseLeg, type CallResult, type CallView, type LegReport, type Party } from '#domain';
import { localClock } from '../../apps/simulator/index.js';
import type { FormatDesk } from './format-desks.js';

/** A call, or a part of it that a message is about. */
export type Part = Pick<
  CallView,
  'direction' | 'result' | 'from' | 'to' | 'extension' | 'talkSeconds' | 'startedAt' | 'agent'
>;

type Fields = Readonly<Record<string, unknown>>;

const TIME_ZONE = 'Asia/Jerusalem';
const COUNTRY = 'IL';
const SECOND = 1000;

/** Where a vendor has no word for an outcome: what its readers take the nearest one for. */
const HEARD_AS: Readonly<Record<string, Partial<Record<CallResult, CallResult>>>> = {
  voipnow: { voicemail: 'answered', abandoned: 'missed', ivr_only: 'missed' },
  globalex: { voicemail: 'answered', abandoned: 'missed', ivr_only: 'missed', cancelled: 'missed' },
};

/** A customer who gives up has missed us; so says VoipNow, also of the phones that stop because a colleague answered. */
function heardAs(format: string, { result, direction }: Part): CallResult {
  if (format === 'voipnow' && direction === 'inbound' && result === 'cancelled') return 'missed';
  return HEARD_AS[format]?.[result] ?? result;
}

/** VoipNow tells each extension of the end, Voicenter's CDR is the customer's part of a call in two steps. */
export function partsOf(format: string, record: CallView): Part[] {
  if (format === 'voicenter') {
    const customer = record.legs.find(({ key }) => key === 'customer');
    if (customer === undefined) return [record];
    const { extension, agent } = record;
    return [{ ...customer, extension: customer.extension ?? extension, agent: customer.agent ?? agent }];
  }
  if (format !== 'voipnow') return [record];
  const byExtension = new Map<string, Part>();
  for (const leg of record.legs) {
    if (leg.extension === null) continue;
    const known = byExtension.get(leg.extension);
    // An extension with several legs is told of once: by the one that it answered.
    if (known?.result !== 'answered' || leg.result === 'answered') byExtension.set(leg.extension, leg);
  }
  return byExtension.size === 0 ? [record] : [...byExtension.values()];
}

/** A part as whoever speaks the format would know it. VoipNow's messages tell no times. */
export function knownOf({ format }: FormatDesk, part: Part): object {
  const { direction, from, to, extension, startedAt, talkSeconds } = part;
  return {
    ...{ direction, extension, result: heardAs(format, part) },
    ...{ from: numberOf(from), to: numberOf(to) },
    ...(format !== 'voipnow' && {
      talkSeconds: Math.round(talkSeconds ?? 0),
      startedAt: startedAt === null ? null : Math.floor(Date.parse(startedAt) / SECOND),
    }),
  };
}

/** The same, out of a report of the dialect's own reader. */
export function heardOf(desk: FormatDesk, report: LegReport, record: CallView): object {
  const { direction, result, extension } = report;
  const reading = { epochs: desk.epochs, timeZone: TIME_ZONE, country: COUNTRY };
  const leg = normaliseLeg(report, reading, instant(Date.now()));
  const startIsKnown = partsOf(desk.format, record)[0]?.startedAt !== null;
  return {
    ...{ direction, extension, result },
    ...{ from: numberOf(leg.from), to: numberOf(leg.to) },
    ...(desk.format !== 'voipnow' && {
      talkSeconds: leg.talkSeconds,
      startedAt: startIsKnown ? Math.floor((leg.startedAt ?? 0) / SECOND) : null,
    }),
  };
}

/** A part in the words of the format, as far as every vendor's call has them. */
export function wantedFields(desk: FormatDesk, record: CallView, part: Part): Fields {
  const { result, direction, agent, talkSeconds } = part;
  const parties = { from: part.from.original, to: part.to.original };
  const times = {
    talked: Math.round(talkSeconds ?? 0),
    start: part.startedAt === null ? null : epochOf(part.startedAt, desk),
  };
  const [call, isIn] = [record.vendorCallId, direction === 'inbound'];
  const answered = result === 'answered' || result === 'voicemail';
  switch (desk.format) {
    case 'voicenter':
      return { call, ...parties, ...times, agent: agent?.name ?? '', answered: result === 'answered' };
    case 'globalex':
      return { call, ...parties, ...times, isIn, answered };
    case 'voipnow':
      return { call, ...parties, extension: part.extension ?? '', answered };
    case 'zammad':
      return { call: record.id, from: numberForZammad(part.from), isIn, answered };
    default:
      return { call, ...parties, talked: talkSeconds, direction, result, agent };
  }
}

/** The same, out of the fields that a program read. The start of a call of which nobody knows it is not looked at. */
export function fieldsSaid({ format }: FormatDesk, of: Fields, startIsKnown: boolean): Fields {
  const start = startIsKnown ? Number(of['time']) : null;
  const call = of['ivruniqueid'];
  const parties = { from: of['caller'], to: of['target'] };
  switch (format) {
    case 'voicenter': {
      const waited = Number(of['queueid']) === 0 ? 0 : Number(of['seconds_waiting_in_queue'] ?? 0);
      const talked = Number(of['duration']) - waited;
      const agent = of['representative_name'] ?? '';
      return { call, ...parties, talked, start, agent, answered: of['status'] === 'ANSWER' };
    }
    case 'globalex': {
      const isIn = of['type'] === 'Incoming';
      return {
        call,
        ...parties,
        talked: Number(of['dialtime']),
        start,
        isIn,
        answered: of['status'] === 'ANSWER',
      };
    }
    case 'voipnow': {
      const extension = of[of['CallFlow'] === 'IN' ? 'CalledExtension' : 'CallerExtension'];
      const told = { from: of['CallerIDNum'], to: of['CalledNumber'], extension };
      return { call: of['CallAPIID'], ...told, answered: of['CallStatus'] === 'ANSWER' };
    }
    case 'zammad': {
      const answered = of['cause'] === 'normalClearing';
      return { call: of['callId'], from: of['from'], isIn: of['direction'] === 'in', answered };
    }
    default: {
      const { event: _, ...all } = of;
      return all;
    }
  }
}

export function numberOf({ e164, original }: Party): string {
  return e164 ?? original;
}

function numberForZammad({ e164, original }: Party): string {
  return e164 === null ? original || 'anonymous' : e164.slice(1);
}

function epochOf(iso: string, { epochs }: FormatDesk): number {
  const at = instant(Date.parse(iso));
  return epochs === 'utc' ? Math.floor(at / SECOND) : localClock(TIME_ZONE)(at).epochSeconds;
}
