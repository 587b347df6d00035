/** Looks for an ordered call in the report of calls (seed 004, "CDR details"). */
import { fromEpoch, toEpoch, type Instant } from '#domain';
import { baseUrl, textSetting } from '../account-urls.js';
import { byItsClock } from '../by-its-clock.js';
import { converse, refused, secretsOf, unknown, type Conversed, type PbxReply } from '../conversation.js';
import { dialledDigits } from '../dialled-digits.js';
import type { DriverAccount, DriverAnswer, DriverIo, PbxPastCall, WantedCall } from '../driver.js';
import { maskSecrets } from '../mask-secrets.js';
import {
  fieldsIn,
  isSameNumber,
  jsonIn,
  rowsIn,
  textOf,
  textOrNull,
  valueOf,
  type Fields,
} from '../read-reply.js';
import { FIELDS } from './fields.js';

const SLACK_MS = 90_000;
const SECOND_MS = 1_000;

export function findCall(
  wanted: WantedCall,
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<{ call: PbxPastCall | null }>> {
  if ((account.secrets['org_token'] ?? '') === '')
    return Promise.resolve(refused('The token of the organisation is needed to look a call up.'));
  return byItsClock(wanted, async (at) => {
    const reply = await ask(at, account, io);
    if (reply.kind !== 'replied') return { answer: reply, clockAheadMs: null };
    return { answer: read(reply, at, account), clockAheadMs: reply.clockAheadMs };
  });
}

function ask(wanted: WantedCall, account: DriverAccount, io: DriverIo): Promise<Conversed> {
  const token = account.secrets['org_token'] ?? '';
  return converse(
    {
      method: 'POST',
      url: baseUrl(account, 'history_url', FIELDS) + textSetting(account, 'history_path', FIELDS),
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ org_token: token, ...filterOf(wanted, account) }).toString(),
    },
    account,
    io,
  );
}

function read(
  reply: PbxReply,
  wanted: WantedCall,
  account: DriverAccount,
): DriverAnswer<{ call: PbxPastCall | null }> {
  const mask = (text: string) => maskSecrets(text, secretsOf(account));
  if (reply.status >= 400) {
    return refused('The PBX refused the request.', `HTTP ${String(reply.status)}`, mask(reply.body));
  }
  if (/restricted access|you need to login|bad event/i.test(reply.body)) {
    return refused('The PBX refused the request.', null, mask(reply.body));
  }
  const rows = listIn(jsonIn(reply.body));
  if (rows === null) return unknown("The PBX's answer cannot be read.");
  const row = rowsIn(rows).find((one) => isWanted(one, wanted, account));
  return { kind: 'done', call: row === undefined ? null : pastCall(row, account) };
}

/** It takes digits only; which of two spellings of a number it keeps is not known, so that is compared here. */
function filterOf({ vendorCallId, from, to }: WantedCall, account: DriverAccount): Record<string, string> {
  const span = { start_date: wall(from - SLACK_MS, account), end_date: wall(to + SLACK_MS, account) };
  return vendorCallId === null ? span : { ...span, call_uniqueId: vendorCallId };
}

/** `YYYY-MM-DD HH:mm:ss` of the connection's zone. */
function wall(at: number, { timeZone }: DriverAccount): string {
  const seconds = toEpoch(at as Instant, { epochs: 'local', timeZone });
  return new Date(seconds * SECOND_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** A list by itself, or the first member that is one, at the top or under `data`. */
function listIn(value: unknown): unknown[] | null {
  const top = fieldsIn(value);
  const members = [...Object.values(top ?? {}), ...Object.values(fieldsIn(valueOf(top, 'data')) ?? {})];
  return [value, ...members].find((member): member is unknown[] => Array.isArray(member)) ?? null;
}

function isWanted(
  row: Fields,
  { order, vendorCallId, from, to }: WantedCall,
  account: DriverAccount,
): boolean {
  const id = textOf(row, 'uniqueid');
  if (id === '') return false;
  if (vendorCallId !== null) return id === vendorCallId;
  const at = timeOf(row, account);
  if (at === null || at < from - SLACK_MS || at > to + SLACK_MS) return false;
  const ends = [textOf(row, 'src'), textOf(row, 'dst')];
  return [order.first, order.second].every(
    (party) =>
      party === null ||
      ends.some((end) => end === dialledDigits(party.value, account) || isSameNumber(end, party.value)),
  );
}

function pastCall(row: Fields, account: DriverAccount): PbxPastCall {
  return {
    vendorCallId: textOf(row, 'uniqueid'),
    extension: textOrNull(row, 'src'),
    number: textOrNull(row, 'dst'),
    startedAt: timeOf(row, account),
    answered: /^ANSWER(?:ED)?$/i.test(textOf(row, 'disposition')),
  };
}

function timeOf(row: Fields, { timeZone }: DriverAccount): Instant | null {
  const text = textOf(row, 'calldate');
  const at = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d$/.test(text)
    ? Date.parse(`${text.replace(' ', 'T')}Z`)
    : NaN;
  return at > 0 ? fromEpoch(at / SECOND_MS, { epochs: 'local', timeZone }) : null;
}
