/**
 * Recordings of our own: a listener on a channel of the call, and what it hears is recorded at the PBX. Recordings that the
 * PBX's dialplan makes cannot be reached by ARI.
 */
import { refused } from '../conversation.js';
import type { DriverAccount, DriverAnswer, DriverIo } from '../driver.js';
import { askAri, type Said, type Unsaid } from './ari.js';
import type { NamedCall } from './act-on-call.js';
import { isOuter } from './channel.js';
import { setting } from './fields.js';
import { allChannels } from './live-calls.js';

const NO_CALL = 'The call has no id yet, so nothing was sent.';
const NONE =
  'Nothing of this call is recorded by us; what the PBX records by itself cannot be silenced from here.';
/** A Debian package makes no such folder. */
const CANNOT_WRITE =
  'The PBX could not write the recording. It wants a folder named recording beside its other spool folders ' +
  '(/var/spool/asterisk/recording), in which it may write, and the module of the format.';

export async function record(
  call: NamedCall,
  state: 'on' | 'off' | 'mute' | 'unmute',
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<object>> {
  const { vendorCallId } = call;
  if (vendorCallId === null) return refused(NO_CALL);
  if (state === 'on') return begin(vendorCallId, call.extension, account, io);
  const recording = `recordings/live/${encodeURIComponent(nameOf(vendorCallId))}`;
  if (state !== 'off') {
    const method = state === 'mute' ? 'POST' : 'DELETE';
    return told(await askAri({ method, path: `${recording}/mute` }, io));
  }
  const stopped = told(await askAri({ method: 'POST', path: `${recording}/stop` }, io));
  // The listener has nothing more to do; that it is gone already is no fault.
  if (stopped.kind === 'done') await askAri({ method: 'DELETE', path: listenerPath(vendorCallId) }, io);
  return stopped;
}

/** How often a listener is asked: it enters our application a moment after it was made. */
const TRIES = 10;
/** Said of a recording to which more may be added, this means that it is being made. */
const BEING_MADE = /already exists/i;

async function begin(
  callId: string,
  extension: string | null,
  account: DriverAccount,
  io: DriverIo,
): Promise<DriverAnswer<object>> {
  const found = await allChannels(io);
  if (found.kind !== 'channels') return found;
  const sides = found.channels.filter((channel) => channel.callId === callId && isOuter(channel));
  const side = sides.find(({ endpoint }) => endpoint === extension) ?? sides[0];
  if (side === undefined) return refused('The PBX has no such call any more.');
  const path = `channels/${encodeURIComponent(side.id)}/snoop/${encodeURIComponent(nameOf(callId))}`;
  const listens = await askAri(
    { method: 'POST', path, query: { spy: 'both', app: setting(account, 'app'), appArgs: 'record' } },
    io,
  );
  // 500: the call has a listener, as it is recorded or was about to be.
  if (listens.kind !== 'said' && listens.status !== 500) return listens;
  const answer = await recordBy(callId, account, io);
  if (answer.kind === 'said') return { kind: 'done' };
  if (answer.kind === 'refused' && BEING_MADE.test(answer.text ?? '')) return { kind: 'done' };
  // A listener that records nothing is of no use to anybody.
  if (listens.kind === 'said') await askAri({ method: 'DELETE', path: listenerPath(callId) }, io);
  if (answer.status === 500) return refused(CANNOT_WRITE, '500');
  return listens.kind === 'said' ? answer : listens;
}

async function recordBy(callId: string, account: DriverAccount, io: DriverIo): Promise<Said | Unsaid> {
  const query = { name: nameOf(callId), format: setting(account, 'record_format'), ifExists: 'append' };
  const request = { method: 'POST', path: `${listenerPath(callId)}/record`, query } as const;
  let answer = await askAri(request, io);
  for (let tried = 1; tried < TRIES && isTooEarly(answer); tried += 1) answer = await askAri(request, io);
  return answer;
}

/** It is not in our application yet, and nothing has begun. */
function isTooEarly(answer: Said | Unsaid): boolean {
  return answer.kind === 'refused' && answer.status === 409 && !BEING_MADE.test(answer.text ?? '');
}

function told(answer: Said | Unsaid): DriverAnswer<object> {
  if (answer.kind === 'said') return { kind: 'done' };
  return answer.status === 404 ? refused(NONE) : answer;
}

function listenerPath(callId: string): string {
  return `channels/${encodeURIComponent(nameOf(callId))}`;
}

/** Of the listener and of its recording. */
function nameOf(callId: string): string {
  return `switchhook-${callId.replace(/[^\w.-]/g, '_')}`;
}
