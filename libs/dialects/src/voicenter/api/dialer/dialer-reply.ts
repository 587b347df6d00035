/** What the vendor's dialer answers (seed section 6): always HTTP 200, a number, and its sentence. */
import type { AskFailure, LeadProblem } from '#domain';
import { failureSentence } from '../../../content/failure-sentence.js';
import type { FacadeReply } from '../../../facade.js';
import { jsonReply } from '../replies.js';

/** Seed 6.1. */
const OK = 0;
const WRONG_CAMPAIGN = 1;
const WRONG_TARGET = 2;
const UNEXPECTED = 3;
const WRONG_CALLER_ID = 4;
type Code =
  typeof OK | typeof WRONG_CAMPAIGN | typeof WRONG_TARGET | typeof UNEXPECTED | typeof WRONG_CALLER_ID;

const WORDS: Readonly<Record<Code, string>> = {
  [OK]: 'OK',
  [WRONG_CAMPAIGN]: 'Invalid campaign code',
  [WRONG_TARGET]: 'The target is invalid',
  [UNEXPECTED]: 'Unexpected internal error',
  [WRONG_CALLER_ID]: 'Invalid caller id',
};

/** The sentence is ours, for what the vendor has no number for. */
export interface Verdict {
  ErrorCode: Code;
  Description: string;
}

const SENTENCE_OF: Readonly<Partial<Record<LeadProblem, string>>> = {
  time: 'OriginateTime is no time.',
  priority: 'Priority is no whole number.',
  custom_data: 'CustomData has too many names, or too long ones.',
  item: 'This is no call.',
  despite_do_not_call:
    'Campaigns call nobody who is on a list of numbers not to call, whatever IgnoreDncStatus says.',
  full: 'The campaign takes no more calls.',
};

export function dialerReply(verdict: Verdict, data?: unknown): FacadeReply {
  return jsonReply(data === undefined ? verdict : { Data: data, ...verdict });
}

export const FINE: Verdict = verdictOf(OK);

/** Of one customer's call. */
export function verdictOn(problem: LeadProblem | null): Verdict {
  switch (problem) {
    case null:
      return FINE;
    case 'campaign':
      return verdictOf(WRONG_CAMPAIGN);
    case 'target':
    case 'do_not_call':
      return verdictOf(WRONG_TARGET);
    case 'caller_id':
      return verdictOf(WRONG_CALLER_ID);
    default:
      return verdictOf(UNEXPECTED, SENTENCE_OF[problem]);
  }
}

/** @param ofCall  it is of one customer's call, which is what is not found, or is blocked */
export function verdictOnFailure(failure: AskFailure, ofCall: boolean): Verdict {
  switch (failure.code) {
    case 'unauthorised':
    case 'address':
      return verdictOf(WRONG_CAMPAIGN);
    case 'invalid':
      return verdictOnField(failure.field, failure.reason);
    case 'blocked':
    case 'not_found':
      return ofCall ? verdictOf(WRONG_TARGET) : verdictOf(UNEXPECTED, failure.reason);
    case 'unavailable':
      return verdictOf(UNEXPECTED);
    default:
      return verdictOf(UNEXPECTED, failureSentence(failure));
  }
}

export function unexpected(sentence: string): Verdict {
  return verdictOf(UNEXPECTED, sentence);
}

function verdictOnField(field: string, reason: string): Verdict {
  if (field === 'campaign') return verdictOf(WRONG_CAMPAIGN);
  if (field === 'target') return verdictOf(WRONG_TARGET);
  if (field === 'callerid') return verdictOf(WRONG_CALLER_ID);
  return verdictOf(UNEXPECTED, reason);
}

function verdictOf(code: Code, sentence?: string): Verdict {
  const words = WORDS[code];
  return { ErrorCode: code, Description: sentence === undefined ? words : `${words}: ${sentence}` };
}
