/** `/uapi/cdr[/{user}]`: calls that are over, as an object by their ids. */
import type { PbxDesk } from '../pbx-desk.js';
import type { ApiReply, ApiRequest } from '../vendor-api.js';
import { collection, pageParameters } from './collection.js';
import { pastCall, savedAt } from './told-call.js';
import { strangeParameter, uapiError } from './uapi-reply.js';

const DATES = {
  saveStartDate: 'cdr_save_start_date_invalid',
  saveEndDate: 'cdr_save_end_date_invalid',
  startDate: 'cdr_start_date_invalid',
  endDate: 'cdr_end_date_invalid',
} as const;
const DATE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;

export function cdr({ method, query }: ApiRequest, desk: PbxDesk): ApiReply | undefined {
  if (method !== 'GET') return undefined;
  const known = pageParameters(...Object.keys(DATES), 'source', 'destination', 'disposition', 'flow');
  const strange = strangeParameter(query, known);
  if (strange !== undefined) return strange;
  for (const [name, code] of Object.entries(DATES)) {
    const said = query.get(name);
    if (said !== null && !DATE.test(said)) return uapiError(400, code, `The ${name} parameter is invalid.`);
  }
  const [from, to] = [wallMs(query.get('saveStartDate')), wallMs(query.get('saveEndDate'))];
  const past = desk.calls.filter((call) => {
    // By the office's own wall clock: the parameters have no zone.
    const saved = desk.wall(savedAt(call, desk)).epochSeconds * 1_000;
    return !desk.isLive(call) && saved >= (from ?? -Infinity) && saved <= (to ?? Infinity);
  });
  return collection(past, query, (page) =>
    Object.fromEntries(page.map((call) => [call.id, pastCall(call, desk)])),
  );
}

function wallMs(said: string | null): number | null {
  return said === null ? null : Date.parse(`${said}Z`);
}
