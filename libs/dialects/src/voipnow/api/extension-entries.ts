/** Presence of an extension, an agent of a queue, and a call event, as the vendor shows them: numbers are text there. */
import type { Told, ToldAgent, ToldExtension } from '#domain';
import { STATUS_OF } from './agent-statuses.js';
import { eventTypeOf } from './event-types.js';
import { withoutNothing, type Entry } from './phone-call.js';

type ToldHook = Extract<Told, { kind: 'event_hooks' }>['hooks'][number];

const PRESENCE = { unknown: '0', online: '1', ringing: '2', busy: '3' } as const;
const REGISTRATION = { reachable: '1', unreachable: '-1', unknown: '0' } as const;

export function presenceEntry({ extension, device, calls }: ToldExtension): Entry {
  const states = calls.map(({ call }) => call.state);
  const status = states.includes('answered')
    ? PRESENCE.busy
    : states.includes('ringing')
      ? PRESENCE.ringing
      : device === 'reachable'
        ? PRESENCE.online
        : PRESENCE.unknown;
  return { status, extension, registration: [{ registration: REGISTRATION[device], status }] };
}

/** @param asked  the number by which it was asked for, where our agent has none */
export function agentEntry({ extension, code, queue, standing }: ToldAgent, asked: string | null): Entry {
  return withoutNothing({ agentNumber: extension ?? code ?? asked, status: STATUS_OF[standing], queue });
}

export function eventEntry({ id, event, method, url, active }: ToldHook, note: string | null): Entry {
  return withoutNothing({
    type: eventTypeOf(event),
    id,
    method: method === 'GET' ? '0' : '1',
    note,
    url,
    status: active ? '1' : '0',
  });
}
