/** What a question of Voicenter's means: the question, and what it tells of the call. */
import type { IvrQuestion, IvrStep, LegReport } from '#domain';
import { FieldReader } from '../content/field-reader.js';
import { sortFields, type Fields } from '../content/known-fields.js';
import { rawOf } from '../content/raw-of.js';
import { finiteNumber, rawText } from '../content/scalars.js';
import { squeezed } from '../content/squeezed.js';
import { plainMethod } from '../xmlrpc/read-call.js';
import { BEGINNING, IVR_SPELLINGS, type IvrFieldName } from './ivr-fields.js';
import { hangupTimes } from './hangup-times.js';
import { isKnownStatus, nobodyMissedBy, resultOf } from './statuses.js';
import { readCustomData, unfolded } from './structures.js';

export type IvrTelling =
  { ok: true; report: LegReport; question?: IvrQuestion } | { ok: false; reason: string };

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
  const asks = ASKS.get(squeezed(plainMethod(method)));
  if (asks === undefined) {
    return { ok: false, reason: 'The method is none of GET_IVR_ACTION, HANGUP_CALL and IVR_LAYER_INPUT.' };
  }
  const sorted = sortFields(fields.map(withoutSpaceInId), IVR_SPELLINGS);
  const read = new FieldReader(sorted);
  const callId = read.vendorId('callId', 'IVR_UNIQUE_ID');
  if (callId.id === null) return { ok: false, reason: callId.reason ?? 'The message has no IVR_UNIQUE_ID.' };
  const remembered = rememberedIn(sorted.rest);
  const question = asks && { ...questionIn(read, asks, callId.id), ...besides(sorted.rest, remembered) };
  // Names have no place of their own, and of times of two clocks one will be believed.
  read.keep('callerName', 'started', 'dialed', 'duration', 'dialTime');
  const report = {
    vendorCallId: callId.id,
    ...NOT_TOLD,
    ...(question ? { phase: 'ringing' as const, result: 'unknown' as const } : endIn(read)),
    leg: 'ivr',
    vendorStatus: read.word('status'),
    direction: 'inbound' as const,
    from: read.party('callerId'),
    to: read.party('target'),
    did: read.phone('did'),
    ivrPath: question ? pathOf(question) : [],
    customData: remembered ?? {},
    // Last: whatever is read above may be left over.
    ...read.notes(),
    raw: rawIn(read, remembered !== null),
  };
  return question ? { ok: true, report, question } : { ok: true, report };
}

function rawIn(read: FieldReader<IvrFieldName>, hasRemembered: boolean): Record<string, unknown> {
  const left = read.leftOver();
  return rawOf(hasRemembered ? left.filter(([name]) => !isCustomData(name)) : left);
}

/**
 * Where the IVR had somebody called, the end of the call is the end of that (seed 5.2, "CALL_STATUS options"); a status
 * without a target is only that the caller was in the IVR. Its times hold as long as no CDR tells others.
 */
function endIn(read: FieldReader<IvrFieldName>): Pick<LegReport, 'phase' | 'result'> & Partial<LegReport> {
  const word = read.word('status');
  const wasCalled = read.party('target') !== '' && word !== '';
  const result = wasCalled ? resultOf(word, 'inbound') : 'ivr_only';
  return {
    phase: 'ended',
    result,
    ...hangupTimes(read, result),
    ...(wasCalled && nobodyMissedBy(word)),
    ...(wasCalled && !isKnownStatus(word) && { unknownWords: [{ kind: 'status', word }] }),
  };
}

/**
 * The seed prints the id of its XML example over two lines. A stack that wraps or indents text does the same, while the
 * CDR of that call has the id in one piece: they only meet without the white space, which no id has.
 */
function withoutSpaceInId([name, value]: Fields[number]): Fields[number] {
  const isId = IVR_SPELLINGS.get(squeezed(name)) === 'callId';
  return isId && typeof value === 'string' ? [name, value.replace(/\s+/g, '')] : [name, value];
}

function questionIn(
  read: FieldReader<IvrFieldName>,
  asks: IvrQuestion['asks'],
  vendorCallId: string,
): IvrQuestion {
  const [at, before] =
    asks === 'menu' ? (['menu', 'previousMenu'] as const) : (['layer', 'previousLayer'] as const);
  return {
    kind: 'ivr',
    asks,
    vendorCallId,
    from: rawText(read.value('callerId')),
    fromName: read.place('callerName'),
    did: rawText(read.value('did')),
    menu: placeIn(read.place(at)),
    previousMenu: placeIn(read.place(before)),
    // A key that is not there is empty or missing; 0 is a key.
    digits: read.key('digits'),
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

function placeIn(place: string | null): string | null {
  return place === BEGINNING ? null : place;
}

/** Live messages tell one step each; they are put in order by the times of their receipt. */
function pathOf({ asks, menu, digits }: IvrQuestion): IvrStep[] {
  if (menu === null && digits === null) return [];
  const layerNumber = asks === 'layer' ? finiteNumber(menu) : null;
  return [{ order: 0, layerId: menu ?? BEGINNING, layerName: null, layerNumber, digits }];
}
