import { CALL_RESULTS, type CallResult, type Direction, type LegPhase, type LegReport } from '#domain';
import { isDialStatus, resultOfDialStatus, unknownDialStatus } from '../content/dial-status.js';
import type { ItemReader } from './item-reader.js';
import type { ReadyShape } from './ready-mapping.js';
import type { ToldSpan } from './span-of.js';

export interface ResultFacts {
  shape: ReadyShape;
  read: ItemReader;
  phase: LegPhase;
  direction: Direction;
  vendorStatus: string;
  told: ToldSpan;
}

type Reasoned = Pick<LegReport, 'result' | 'resultGuessed' | 'unknownWords'> & { answered: boolean };

/**
 * What became of a leg: by the mapping's words, by Asterisk's where the mapping has none, else by whether anybody talked. A word
 * that nobody gave a meaning is told, so that somebody can.
 */
export function reasonedResult(facts: ResultFacts): Reasoned {
  const { shape, read, phase, direction, vendorStatus, told } = facts;
  if (phase === 'ringing') return { result: 'unknown', answered: false };
  const talked = (told.talkSeconds ?? 0) > 0 || (told.talkSeconds === null && told.answeredAt !== null);
  const { result: rule } = shape;
  if (rule === null) {
    if (phase === 'answered') return { result: 'answered', answered: true };
    if (isDialStatus(vendorStatus)) return withAnswered(resultOfDialStatus(vendorStatus, direction));
    const unknown = phase === 'ended' ? unknownDialStatus(vendorStatus) : {};
    return talked
      ? { result: 'answered', resultGuessed: true, answered: true, ...unknown }
      : { result: 'unknown', answered: false, ...unknown };
  }
  const said = read.pick('result', rule, { kind: 'word', direction, fits: isResult });
  const result = CALL_RESULTS.find((one) => one === said);
  if (result !== undefined) return withAnswered(result);
  const word = read.wordThere(rule) || vendorStatus;
  const unknown = word === '' ? {} : { unknownWords: [{ kind: 'status' as const, word }] };
  if (phase === 'answered' || talked)
    return { result: 'answered', resultGuessed: true, answered: true, ...unknown };
  return { result: 'unknown', answered: false, ...unknown };
}

function isResult(text: string): boolean {
  return CALL_RESULTS.some((one) => one === text);
}

function withAnswered(result: CallResult): Reasoned {
  return { result, answered: result === 'answered' || result === 'voicemail' };
}
