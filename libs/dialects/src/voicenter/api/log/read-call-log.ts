/** Reads what a call log is asked for (seed section 3): the search nested or flat, its lists as lists or repeated. */
import type { AskedTime, CallLogSearch } from '#domain';
import type { AnyRequest } from '../../../content/any-request.js';
import type { AskedFields } from '../../../content/asked-fields.js';
import type { FacadeSettings, Manner } from '../../../facade.js';
import { asks, invalid, missing, type AskReading, type Refusal } from '../api-route.js';
import { readAskedTime } from './asked-time.js';
import { cdrTypeNamed } from './cdr-types.js';
import { columnsNamed } from './columns.js';
import { sortsIn } from './sort-rows.js';

type Scope = NonNullable<CallLogSearch['scope']>;

const SCOPES: ReadonlySet<string> = new Set<Scope>(['account', 'hierarchical', 'department', 'user']);
/** Of what is asked for by its number or name, nothing has a comma in it. */
const COMMAS = /\s*[,;]\s*/;
/** A type that nothing is of: whoever asks for one that does not exist is told of no calls, and not of all. */
const NO_TYPE = '';

export function readCallLog({ fields, problem }: AnyRequest, settings: FacadeSettings | null): AskReading {
  if (problem !== null) return invalid('body', problem);
  const asked = fields.within('search');
  const span = spanOf(asked, settings);
  if (!span.ok) return span;
  const scope = asked.word('identitycriteria');
  if (scope !== null && !SCOPES.has(scope)) {
    return invalid('identitycriteria', 'IdentityCriteria is invalid');
  }
  const types = typesIn(asked);
  return asks({
    kind: 'call_log',
    search: {
      ...span.span,
      ...listed('phones', listOf(asked, 'phones', 'phone')),
      ...listed('extensions', listOf(asked, 'extensions', 'extension')),
      ...listed('callIds', listOf(asked, 'callid', 'callids')),
      ...listed('queues', listOf(asked, 'queueid', 'queueids')),
      ...listed('campaigns', listOf(asked, 'campaignid', 'campaignids')),
      ...(types !== null && { vendorTypes: types }),
      ...(scope !== null && { scope: scope as Scope }),
    },
  });
}

/** What is told of each call, in which order, and as what. */
export function callLogManner({ fields }: AnyRequest): Manner {
  const asked = fields.within('search');
  const columns = listOf(fields, 'fields', 'field');
  return {
    html: fields.word('format') === 'html',
    columns: columns.length === 0 ? null : columnsNamed(columns),
    types: typesIn(asked),
    sort: sortsIn(fields),
  };
}

type Span = { ok: true; span: { from?: AskedTime; to?: AskedTime } } | Refusal;

/** Both dates are mandatory, unless single calls are asked for. */
function spanOf(asked: AskedFields, settings: FacadeSettings | null): Span {
  const needsNone = listOf(asked, 'callid', 'callids').length > 0;
  const from = borderOf(asked, 'fromdate', settings);
  const to = borderOf(asked, 'todate', settings);
  if (from === 'invalid') return invalid('fromdate', 'FromDate is invalid');
  if (to === 'invalid') return invalid('todate', 'ToDate is invalid');
  if (from === null && !needsNone) return missing('FromDate');
  if (to === null && !needsNone) return missing('ToDate');
  if (from !== null && to !== null && isAfter(from, to)) {
    return invalid('todate', 'ToDate is before FromDate');
  }
  return { ok: true, span: { ...(from !== null && { from }), ...(to !== null && { to }) } };
}

function borderOf(
  asked: AskedFields,
  name: 'fromdate' | 'todate',
  settings: FacadeSettings | null,
): AskedTime | 'invalid' | null {
  const text = asked.text(name);
  if (text === null) return asked.has(name) ? 'invalid' : null;
  return readAskedTime(text, name === 'fromdate' ? 'start' : 'end', settings) ?? 'invalid';
}

function isAfter(from: AskedTime, to: AskedTime): boolean {
  return 'instant' in from && 'instant' in to && from.instant > to.instant;
}

/** Null for all. */
function typesIn(asked: AskedFields): string[] | null {
  const types = listOf(asked, 'cdrtypes', 'cdrtype');
  return types.length === 0 ? null : [...new Set(types.map((type) => cdrTypeNamed(type) ?? NO_TYPE))];
}

function listOf(asked: AskedFields, ...names: string[]): string[] {
  return [...new Set(asked.list(...names).flatMap((text) => text.split(COMMAS)))].filter(Boolean);
}

function listed<Name extends string>(name: Name, list: string[]): Partial<Record<Name, string[]>> {
  return list.length === 0 ? {} : ({ [name]: list } as Record<Name, string[]>);
}
