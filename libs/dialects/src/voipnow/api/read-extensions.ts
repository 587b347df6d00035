/** Presence, agents of queues, and call events (UnifiedAPI, Extensions services). */
import { readUrl } from '#domain';
import type { AskedFields } from '../../content/asked-fields.js';
import { standingOf } from './agent-statuses.js';
import { eventNameOf, type EventName } from './event-types.js';
import type { PlaceInPath } from './place-in-path.js';
import { asking, invalid, unsupported, type AskReading } from './reading.js';

const EVENT_TYPE = /^[0-4]$/;

export function readPresence({ extension }: PlaceInPath): AskReading {
  return asking(
    extension === null ? { kind: 'extensions', all: true } : { kind: 'extension_state', extension },
  );
}

export function readAgents(
  fields: AskedFields,
  { extension: queue, rest: [agent] }: PlaceInPath,
  method: string,
): AskReading {
  if (queue === null) return invalid('extension', 'The extension is that of a queue, and cannot be @self.');
  if (method !== 'PUT') return asking({ kind: 'agent_states', queue, ...(agent !== undefined && { agent }) });
  if (agent === undefined) return invalid('agent', 'The number of the agent is missing.');
  const said = standingOf(fields.text('status') ?? '');
  if (said === undefined)
    return invalid('status', 'status is 0 for logged out, 1 for online or 2 for paused.');
  return asking({ kind: 'set_agent_state', agent: null, extension: agent, queue, ...said });
}

/** Behind the extension come the type of the event and its id, or either. */
export function eventInPath(rest: readonly string[]): { type: string | null; id: string | null } {
  const [one, two] = rest;
  const type = one !== undefined && EVENT_TYPE.test(one) ? one : null;
  return { type, id: (type === null ? one : two) ?? null };
}

export function readEvents(
  fields: AskedFields,
  { extension, rest }: PlaceInPath,
  method: string,
): AskReading {
  if (extension === null) return invalid('extension', 'The extension cannot be @self.');
  const { type, id } = eventInPath(rest);
  const named = { kind: 'event_hooks' as const, extension, ...(id !== null && { id }) };
  switch (method) {
    case 'POST':
      return withHook(fields, type, (hook) => asking({ ...named, operation: 'create', hook }));
    case 'PUT':
      if (id === null) return invalid('id', 'The id of the event is missing.');
      return withHook(fields, type, (hook) => asking({ ...named, operation: 'update', hook }));
    case 'DELETE':
      // All of one type cannot be told from all of them.
      if (id === null && type !== null)
        return unsupported('events_by_type', 'Events are removed by their ids, or all of an extension.');
      return asking({ ...named, operation: 'remove' });
    default:
      return asking({ ...named, operation: 'list' });
  }
}

interface Hook {
  event: EventName;
  method: 'GET' | 'POST';
  url: string;
  active: boolean;
}

function withHook(fields: AskedFields, type: string | null, ask: (hook: Hook) => AskReading): AskReading {
  const event = eventNameOf(fields.text('type') ?? type ?? '');
  if (event === undefined) return invalid('type', 'type is a number from 0 to 4.');
  const method = fields.text('method') ?? '0';
  if (method !== '0' && method !== '1') return invalid('method', 'method is 0 for GET or 1 for POST.');
  const status = fields.text('status') ?? '1';
  if (status !== '0' && status !== '1')
    return invalid('status', 'status is 0 for disabled or 1 for enabled.');
  const url = fields.text('url');
  if (url === null || readUrl(url) === null) return invalid('url', 'url is the address to tell.');
  return ask({ event, method: method === '0' ? 'GET' : 'POST', url, active: status === '1' });
}
