import type { DriverAnswer } from '../driver.js';
import type { Uapi, UapiRequest } from './uapi.js';
import { phoneCallsIn, totalOf, type PhoneCall } from './phone-call.js';

/** It gives 20 where nothing is said, and no more than 5,000. */
const PAGE = 500;
const MOST_PAGES = 6;

export type Pages =
  | { kind: 'pages'; calls: PhoneCall[]; areAll: boolean }
  | Extract<DriverAnswer<object>, { kind: 'refused' | 'unknown' }>;

/** A collection of calls, page after page. `areAll` is false where there were more than are read. */
export async function pagesOf(request: UapiRequest, uapi: Uapi): Promise<Pages> {
  const calls: PhoneCall[] = [];
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = { ...request.query, count: PAGE, startIndex: calls.length };
    const said = await uapi.ask({ ...request, query });
    if (said.kind !== 'said') return said;
    const found = phoneCallsIn(said.value, uapi.account.timeZone);
    calls.push(...found);
    const total = totalOf(said.value);
    if (found.length === 0 || (total === null ? found.length < PAGE : calls.length >= total)) {
      return { kind: 'pages', calls, areAll: total === null || calls.length >= total };
    }
  }
  return { kind: 'pages', calls, areAll: false };
}
