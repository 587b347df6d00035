/** All that a client of the vendor's realtime socket is told when it comes, and when it asks for everything anew. */
import type { LiveNow } from './live-now.js';
import { WallClock, fineAt, type LiveMessageOut, type LiveMoment } from './live-message.js';
import { writeDialer, writePhone, writeQueue } from './write-things.js';

/** In the order in which they are sent. */
export function writeSnapshot(now: LiveNow, moment: LiveMoment): LiveMessageOut[] {
  const clock = new WallClock(moment);
  const queues = now.queues.map((queue) => writeQueue(queue, clock));
  const extensions = now.phones.map((phone) => writePhone(phone, now, clock));
  const dialers = now.dialers.map(writeDialer);
  return [
    // The vendor's client reads `queues`, its guide prints `Queues`.
    { name: 'loginStatus', data: { ...fineAt(moment), queues, Queues: queues } },
    { name: 'AllExtensionsStatus', data: { ...fineAt(moment), extensions } },
    { name: 'AllDialersStatus', data: { ...fineAt(moment), dialers } },
  ];
}

export function writeLoginSuccess(moment: LiveMoment): LiveMessageOut {
  return { name: 'loginSuccess', data: fineAt(moment) };
}

/** Any `errorCode` but 0 makes the vendor's client connect anew. */
export function writeKeepaliveResponse(moment: LiveMoment, isLoggedIn: boolean): LiveMessageOut {
  const said = isLoggedIn ? {} : { errorCode: 1, errorDesc: 'Not logged in.' };
  return { name: 'keepaliveResponse', data: { ...fineAt(moment), ...said, isOk: isLoggedIn } };
}

/** What came of logging in within the socket. @param refusal  why not; undefined when it is fine */
export function writeLoginResponse(moment: LiveMoment, refusal?: string): LiveMessageOut {
  const said = refusal === undefined ? {} : { errorCode: 1, errorDesc: refusal };
  return { name: 'loginResponse', data: { ...fineAt(moment), ...said } };
}
