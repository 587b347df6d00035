/** Looks for an ordered call in the call log (seed 003, section 3). */
import { instant, type Instant } from '#domain';
import { baseUrl } from '../account-urls.js';
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
import { correlatorIn } from './monitor.js';

const SLACK_MS = 90_000;
const WANTED_FIELDS = [
  ...['Date', 'Type', 'CallerNumber', 'CallerExtension', 'TargetNumber', 'TargetExtension'],
  ...['Duration', 'CallID', 'DialStatus', 'CustomData'],
];

export function findCall(
  wanted: WantedCall,
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<{ call: PbxPastCall | null }>> {
  return byItsClock(wanted, async (at) => {
    const reply = await ask(at, account, io);
    if (reply.kind !== 'replied') return { answer: reply, clockAheadMs: null };
    return { answer: read(reply, at, account), clockAheadMs: reply.clockAheadMs };
  });
}

function ask(wanted: WantedCall, account: DriverAccount, io: DriverIo): Promise<Conversed> {
  return converse(
    {
      method: 'POST',
      url: `${baseUrl(account, 'history_url', FIELDS)}/hub/cdr/`,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        code: account.secrets['code'] ?? '',
        format: 'JSON',
        fields: WANTED_FIELDS,
        search: searchFor(wanted, account),
      }),
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
  const fields = fieldsIn(jsonIn(reply.body));
  const code = textOf(fields, 'ERROR_NUMBER');
  if (reply.status >= 400 || (code !== '' && code !== '0')) {
    const text = textOf(fields, 'ERROR_DESCRIPTION');
    const shown = code === '' ? `HTTP ${String(reply.status)}` : mask(code);
    return refused('The PBX refused the request.', shown, mask(text === '' ? reply.body : text));
  }
  const rows = valueOf(fields, 'CDR_LIST');
  if (!Array.isArray(rows)) return unknown("The PBX's answer cannot be read.");
  return { kind: 'done', call: pastCall(rowsIn(rows).filter((row) => isWanted(row, wanted))) };
}

/** By the id where there is one: the log then holds its legs and nothing else. */
function searchFor({ order, vendorCallId, from, to }: WantedCall, account: DriverAccount): object {
  const span = { fromdate: gmt(from - SLACK_MS), todate: gmt(to + SLACK_MS + 59_000) };
  if (vendorCallId !== null) return { ...span, callID: [vendorCallId] };
  const parties = [order.first, order.second].filter((party) => party !== null);
  const valuesOf = (kind: string) => parties.filter((party) => party.kind === kind).map(({ value }) => value);
  const [extensions, numbers] = [valuesOf('extension'), valuesOf('number')];
  // The log wants the country code, whatever is dialled.
  const phones = numbers.map((number) => dialledDigits(number, { ...account, numbers: 'e164' }));
  return {
    ...span,
    ...(extensions.length > 0 ? { extensions } : {}),
    ...(phones.length > 0 ? { phones } : {}),
  };
}

/** `YYYY-MM-DDTHH:mm`, as in the vendor's examples. */
function gmt(at: number): string {
  return new Date(at).toISOString().slice(0, 16);
}

/** A call that tells another order's correlator is that order's, however alike they are. */
function isWanted(row: Fields, { order, correlator, vendorCallId }: WantedCall): boolean {
  const id = textOf(row, 'CallID');
  if (id === '') return false;
  if (vendorCallId !== null) return id === vendorCallId;
  const told = correlatorIn(valueOf(row, 'CustomData'));
  if (told !== null) return told === correlator;
  const ends = ['CallerNumber', 'CallerExtension', 'TargetNumber', 'TargetExtension'].map((name) =>
    textOf(row, name),
  );
  return [order.first, order.second].every(
    (party) =>
      party === null ||
      (party.kind !== 'extension' && party.kind !== 'number') ||
      ends.some((end) => end === party.value || (party.kind === 'number' && isSameNumber(end, party.value))),
  );
}

/** The legs of one call, of which the first is named; that of the agent (leg 1) is not the customer's answer. */
function pastCall(rows: readonly Fields[]): PbxPastCall | null {
  const [first] = rows;
  if (first === undefined) return null;
  const id = textOf(first, 'CallID');
  const legs = rows.filter((row) => textOf(row, 'CallID') === id);
  const told = legs.filter((row) => !/leg\s*1$/i.test(textOf(row, 'Type')));
  const [leg = first] = told;
  return {
    vendorCallId: id,
    extension: textOrNull(leg, 'CallerExtension') ?? textOrNull(leg, 'TargetExtension'),
    number: textOrNull(leg, 'TargetNumber') ?? textOrNull(leg, 'CallerNumber'),
    startedAt: timeOf(textOf(leg, 'Date')),
    answered: told.some((row) => textOf(row, 'DialStatus').toUpperCase() === 'ANSWER'),
  };
}

function timeOf(text: string): Instant | null {
  const at = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isFinite(at) ? instant(at) : null;
}
