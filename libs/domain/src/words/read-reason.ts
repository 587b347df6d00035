/**
 * Codes for what we keep in words: why a delivery is as it is, what follows a try, why an endpoint was stopped, why a webhook
 * waits. The words are what was written down, and what was written down by earlier builds can be read in the same way; so they
 * are not kept twice. A test holds each sentence that we make against this table.
 */
import type { WordParams } from './word-params.js';

interface Rule {
  code: string;
  /** What the sentence is filled with, as named groups. `cause` is a sentence of the table itself. */
  pattern: RegExp;
}

const RULES = [
  {
    code: 'retries_used_up',
    pattern: /^Gave up after (?<tries>\d+) (?:try|tries)(?: over (?<over>\d+ \w+))?\. (?<cause>.*)$/s,
  },
  {
    code: 'refusals_used_up',
    pattern: /^Refused in (?<tries>\d+) (?:try|tries)(?: over (?<over>\d+ \w+))?\. (?<cause>.*)$/s,
  },
  { code: 'retry_scheduled', pattern: /^(?:(?<attention>.+) )?Tried again in (?<seconds>\d+) s\.$/s },
  {
    code: 'endpoint_waits',
    pattern: /^The endpoint asked us to wait (?<seconds>\d+) s; this try does not count\.$/,
  },
  {
    code: 'token_renewed',
    pattern: /^Its access token was refused: tried again at once with a new one; this try does not count\.$/,
  },
  { code: 'endpoint_was_disabled', pattern: /^The endpoint was disabled\. (?<cause>.*)$/s },
  { code: 'no_message', pattern: /^The format (?<format>\S+) has (?<reason>.*)\.$/s },
  { code: 'event_gone', pattern: /^its event is not kept any more$/ },
  { code: 'our_fault', pattern: /^our code failed on it(?:; it is logged|: (?<message>.*))$/s },
  { code: 'endpoint_disabled', pattern: /^endpoint disabled$/ },
  { code: 'endpoint_paused', pattern: /^endpoint paused$/ },
  { code: 'replay_cancelled', pattern: /^replay cancelled$/ },
  { code: 'endpoint_being_enabled', pattern: /^endpoint is being enabled$/ },
  { code: 'endpoint_deleted', pattern: /^endpoint deleted$/ },
  { code: 'connection_deleted', pattern: /^connection deleted$/ },
  { code: 'number_erased', pattern: /^number erased$/ },
  { code: 'call_not_there', pattern: /^the call that it is about is not there$/ },
  { code: 'too_many_notes', pattern: /^the call has as many notes as there may be$/ },
  { code: 'unknown_to_this_build', pattern: /^this build does not know what it says$/ },
  { code: 'not_enabled_any_more', pattern: /^the endpoint is not being enabled any more$/ },
  { code: 'no_success', pattern: /^Not one delivery got through for (?<over>\d+ \w+)\.$/ },
  { code: 'stopped_by_api', pattern: /^(?:disabled|paused) through the API$/ },
  {
    code: 'already_has_it',
    pattern:
      /^The endpoint answered (?<status>\d+)[.:] [Ii]t already has this message, so the message counts as delivered\.$/,
  },
  { code: 'wants_no_more', pattern: /^The endpoint answered (?<status>\d+)\. It wants no more messages\.$/ },
  {
    code: 'credentials_refused',
    pattern: /^The endpoint answered (?<status>\d+)\. It does not accept our credentials\.$/,
  },
  {
    code: 'redirect',
    pattern: /^The endpoint answered (?<status>\d+)\. Redirects are never followed; set the final URL\.$/,
  },
  {
    code: 'refused_for_good',
    pattern: /^The endpoint answered (?<status>\d+) and refused the message for good: (?<reason>.*)\.$/s,
  },
  {
    code: 'refused',
    pattern: /^The endpoint answered (?<status>\d+) but refused the message: (?<reason>.*)\.$/s,
  },
  {
    code: 'throttled',
    pattern: /^The endpoint answered (?<status>\d+) and asked us to wait; we wait (?<seconds>\d+) s\.$/,
  },
  { code: 'answered', pattern: /^The endpoint answered (?<status>\d+)\.$/ },
  { code: 'mail_taken', pattern: /^The mail server took it(?:: (?<words>.*)|\.)$/s },
  { code: 'mail_not_now', pattern: /^The mail server did not take it now(?:: (?<words>.*)|\.)$/s },
  { code: 'mail_refused', pattern: /^The mail server refused it(?:: (?<words>.*)|\.)$/s },
  {
    code: 'token_refused_again',
    pattern: /^Needs attention: it refused a new access token too\. (?<cause>.*)$/s,
  },
  { code: 'no_token', pattern: /^(?:Needs attention: )?There is no access token(?<detail>[:,].*)$/s },
] as const satisfies readonly Rule[];

/** `other`: words of somebody else's, such as a person's, a dialect's or the network's; they are the parameter `words`. */
export const REASON_CODES = [...RULES.map(({ code }) => code), 'other'] as const;
export type ReasonCode = (typeof RULES)[number]['code'] | 'other';

export interface Reason {
  code: ReasonCode;
  params: WordParams;
}

const NUMBERS: ReadonlySet<string> = new Set(['tries', 'seconds', 'status']);
const SECONDS_OF: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: 86_400 };

/** Total: what is in no rule is `other`. */
export function readReason(words: string): Reason {
  for (const { code, pattern } of RULES as readonly { code: ReasonCode; pattern: RegExp }[]) {
    const found = pattern.exec(words);
    if (found !== null) return { code, params: paramsOf(found.groups ?? {}) };
  }
  return { code: 'other', params: { words } };
}

export function readReasonOrNull(words: string | null): Reason | null {
  return words === null ? null : readReason(words);
}

/** A `cause` comes with its own code and, where it has one, its status. */
function paramsOf(groups: Readonly<Record<string, string | undefined>>): WordParams {
  const params: Record<string, WordParams[string]> = {};
  for (const [name, text] of Object.entries(groups)) {
    if (text === undefined) continue;
    if (name === 'over') params['overSeconds'] = secondsIn(text);
    else params[name] = NUMBERS.has(name) ? Number(text) : text;
    if (name !== 'cause' && name !== 'attention') continue;
    const { code, params: inner } = readReason(text);
    params[`${name}Code`] = code;
    if (typeof inner['status'] === 'number') params['status'] = inner['status'];
  }
  return params;
}

/** Of `3 days`. */
function secondsIn(text: string): number {
  const [count = '0', unit = ''] = text.split(' ');
  return Number(count) * (SECONDS_OF[unit.replace(/s$/, '')] ?? 0);
}
