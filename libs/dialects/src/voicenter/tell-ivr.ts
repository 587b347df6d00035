/** What a question of Voicenter's means: the question, and what it tells of the call. */
import type { IvrQuestion, IvrStep, LegReport } from '#domain';
import { sortFields, type Fields } from '../content/known-fields.js';
import { readVendorId } from '../content/read-vendor-id.js';
import { finiteNumber, rawText, text } from '../content/scalars.js';
import { squeezed } from '../content/squeezed.js';
import { BEGINNING, IVR_SPELLINGS, type IvrFields } from './ivr-fields.js';
import { hangupTimes } from './hangup-times.js';
import { isKnownStatus, nobodyMissedBy, resultOf } from './statuses.js';
import { readCustomData, unfolded } from './structures.js';

export type IvrTelling =
  { ok: true; reports: LegReport[]; question?: IvrQuestion } | { ok: false; reason: string };

/** Null for a method that asks nothing. */
const ASKS = new Map<string, IvrQuestion['asks'] | null>([
  ['getivraction', 'menu'],
  ['ivrlayerinput', 'layer'],
  // What the seed calls the same message in its prose (12.1).
  ['ivrexternallayerinput', 'layer'],
  ['hangupcall', null],
]);

const NOT_TOLD = {
  vendorType: '',
  startedEpochSeconds: null,
  ringSeconds: null,
  queueSeconds: null,
  talkSeconds: null,
  extension: null,
  agent: null,
  queue: null,
  department: null,
  price: null,
  recordings: [],
  transferOf: null,
  ai: null,
} satisfies Partial<LegReport>;

/** @param method  as it came, in any case */
export function tellIvr(method: string, fields: Fields): IvrTelling {
  const asks = ASKS.get(squeezed(method));
  if (asks === undefined) {
    return { ok: false, reason: 'The method is none of GET_IVR_ACTION, HANGUP_CALL and IVR_LAYER_INPUT.' };
  }
  const { known, rest } = sortFields(fields, IVR_SPELLINGS);
  const callId = readVendorId(withoutSpace(known.callId?.value), 'IVR_UNIQUE_ID');
  if (!callId.ok) return callId;
  if (callId.id === null) return { ok: false, reason: 'The message has no IVR_UNIQUE_ID.' };
  const remembered = rememberedIn(rest);
  const question = asks && { ...questionIn(known, asks, callId.id), ...besides(rest, remembered) };
  const report: LegReport = {
    ...NOT_TOLD,
    ...(question ? { phase: 'ringing', result: 'unknown' } : endIn(known)),
    vendorCallId: callId.id,
    leg: 'ivr',
    vendorStatus: rawText(known.status?.value),
    direction: 'inbound',
    from: rawText(known.callerId?.value),
    to: rawText(known.target?.value),
    did: text(known.did?.value),
    ivrPath: question ? pathOf(question) : [],
    customData: remembered ?? {},
    raw: Object.fromEntries([
      ...(remembered === null ? rest : rest.filter(([name]) => !isCustomData(name))),
      ...keptIn(known),
    ]),
  };
  return question ? { ok: true, reports: [report], question } : { ok: true, reports: [report] };
}

/**
 * Where the IVR had somebody called, the end of the call is the end of that (seed 5.2, "CALL_STATUS options"); a status
 * without a target is only that the caller was in the IVR. Its times hold as long as no CDR tells others.
 */
function endIn(known: IvrFields): Pick<LegReport, 'phase' | 'result'> & Partial<LegReport> {
  const word = text(known.status?.value);
  const wasCalled = known.target !== undefined && word !== null;
  const result = wasCalled ? resultOf(word, 'inbound') : 'ivr_only';
  return {
    phase: 'ended',
    result,
    ...hangupTimes(known, result),
    ...(wasCalled && nobodyMissedBy(word)),
    ...(wasCalled && !isKnownStatus(word) && { unknownWords: [{ kind: 'status', word }] }),
  };
}

/** What has no place of its own, under the names that it came with: times of two clocks, of which one will be believed. */
function keptIn(known: IvrFields): [name: string, value: unknown][] {
  const { callerName, started, dialed, duration, dialTime } = known;
  return [callerName, started, dialed, duration, dialTime].flatMap((field) =>
    field === undefined ? [] : [[field.name, field.value]],
  );
}

/**
 * The seed prints the id of its XML example over two lines. A stack that wraps or indents text does the same, while the
 * CDR of that call has the id in one piece: they only meet without the white space, which no id has.
 */
function withoutSpace(value: unknown): unknown {
  return typeof value === 'string' ? value.replace(/\s+/g, '') : value;
}

function questionIn(known: IvrFields, asks: IvrQuestion['asks'], vendorCallId: string): IvrQuestion {
  const [at, before] =
    asks === 'menu' ? [known.menu, known.previousMenu] : [known.layer, known.previousLayer];
  return {
    kind: 'ivr',
    asks,
    vendorCallId,
    from: rawText(known.callerId?.value),
    fromName: text(known.callerName?.value),
    did: rawText(known.did?.value),
    menu: placeIn(at?.value),
    previousMenu: placeIn(before?.value),
    // A key that is not there is empty or missing; 0 is a key.
    digits: text(known.digits?.value),
  };
}

/** What the PBX was told before to remember of the call; null for nothing, or for what is no set of named values. */
function rememberedIn(rest: Fields): Record<string, unknown> | null {
  const given = rest.find(([name]) => isCustomData(name));
  return given === undefined ? null : readCustomData(given[1]);
}

function isCustomData(name: string): boolean {
  return squeezed(name) === 'customdata';
}

/** What a server that was written for the vendor may look for: with the names that it came with, also if we know them not. */
function besides(
  rest: Fields,
  customData: Record<string, unknown> | null,
): Pick<IvrQuestion, 'customData' | 'raw'> {
  const others = rest
    .filter(([name]) => !IVR_SPELLINGS.has(squeezed(name)))
    .map(([name, value]) => [name, unfolded(value)] as const);
  return {
    ...(customData !== null && { customData }),
    ...(others.length > 0 && { raw: Object.fromEntries(others) }),
  };
}

function placeIn(value: unknown): string | null {
  const place = text(value);
  return place === BEGINNING ? null : place;
}

/** Live messages tell one step each; they are put in order by the times of their receipt. */
function pathOf({ asks, menu, digits }: IvrQuestion): IvrStep[] {
  if (menu === null && digits === null) return [];
  const layerNumber = asks === 'layer' ? finiteNumber(menu) : null;
  return [{ order: 0, layerId: menu ?? BEGINNING, layerName: null, layerNumber, digits }];
}
