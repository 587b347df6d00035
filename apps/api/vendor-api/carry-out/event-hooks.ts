import { AppError, type AskFailure, type EndpointId, type Told } from '#domain';
import type { EndpointRepository } from '#db';
import type { VoipnowRowDesk } from '../../endpoints/voipnow-rows/voipnow-row-desk.js';
import type { VoipnowRowDto } from '../../endpoints/voipnow-rows/voipnow-row.dto.js';
import { actorOf, failed, told, type AskOf, type Asker, type CarryOut } from './asking.js';

export interface EventHookParts {
  endpoints: Pick<EndpointRepository, 'list'>;
  rows: Pick<VoipnowRowDesk, 'list' | 'add' | 'change' | 'clear' | 'get'>;
}

type Hook = Extract<Told, { kind: 'event_hooks' }>['hooks'][number];

/** The vendor's numbers, which the rows of the table have. */
const KINDS = { dial_in: 0, dial_out: 1, hangup: 2, answer_in: 3, answer_out: 4 } as const;
const MOST_ENDPOINTS = 200;

const NO_ENDPOINT: AskFailure = {
  code: 'unsupported',
  capability: 'event_hooks',
  reason: 'There is no endpoint of the format voipnow, whose table call events would be kept in',
};

/** The webhooks of extensions: rows of the table that the tenant's endpoint of the format voipnow has. */
export function eventHooks({ endpoints, rows }: EventHookParts): CarryOut<'event_hooks'> {
  return async (ask, asker) => {
    const { credential } = asker;
    const { tenantId: tenant } = credential;
    // Whoever sets these is told of calls.
    if (ask.operation !== 'list' && !credential.rights.includes('events')) {
      return failed({ code: 'unauthorised', reason: 'This credential has not the right "events".' });
    }
    const { items } = await endpoints.list(tenant, {}, { limit: MOST_ENDPOINTS, after: null });
    const endpoint = items.filter(({ format }) => format === 'voipnow').at(-1);
    if (endpoint === undefined) {
      return ask.operation === 'list' ? told({ kind: 'event_hooks', hooks: [] }) : failed(NO_ENDPOINT);
    }
    try {
      return told({ kind: 'event_hooks', hooks: await carried(ask, asker, endpoint.id, rows) });
    } catch (error) {
      if (error instanceof AppError && error.fault !== 'unavailable') return failed(failureOf(error));
      throw error;
    }
  };
}

async function carried(
  ask: AskOf<'event_hooks'>,
  asker: Asker,
  id: EndpointId,
  rows: EventHookParts['rows'],
): Promise<Hook[]> {
  const caller = { actor: { kind: 'system', id: actorOf(asker) }, scopes: ['read', 'write'] } as const;
  const order = { tenant: asker.credential.tenantId, id, caller };
  const { data } = await rows.list(order.tenant, id, {});
  const meant = data.filter(
    ({ eventId, extension }) =>
      (ask.id === undefined || String(eventId) === ask.id) &&
      (ask.extension === null || extension === ask.extension),
  );
  switch (ask.operation) {
    case 'list':
      return meant.map(hookOf);
    case 'remove':
      await rows.clear(order, { eventIds: meant.map(({ eventId }) => eventId) });
      return meant.map(hookOf);
    case 'create':
    case 'update': {
      if (ask.hook === undefined)
        throw new AppError('rejected', 'request.invalid', 'There is nothing to set.');
      const { event, method, url, active } = ask.hook;
      const fields = {
        kind: KINDS[event],
        method,
        url,
        active,
        ...(ask.extension !== null && { extension: ask.extension }),
      };
      if (ask.operation === 'create') return [hookOf(await rows.add(order, fields))];
      const [row] = meant;
      if (row === undefined) {
        throw new AppError('rejected', 'resource.not_found', 'There is no such call event.', { status: 404 });
      }
      return [hookOf(await rows.change(order, row.eventId, fields))];
    }
  }
}

function hookOf({ eventId, extension, kind, method, url, active }: VoipnowRowDto): Hook {
  return { id: String(eventId), extension, event: eventOf(kind), method, url, active };
}

function eventOf(kind: number): string {
  return Object.entries(KINDS).find(([, number]) => number === kind)?.[0] ?? '';
}

function failureOf({ code, message }: AppError): AskFailure {
  if (code === 'resource.not_found') return { code: 'not_found', reason: message };
  return code === 'request.invalid'
    ? { code: 'invalid', field: 'url', reason: message }
    : { code: 'refused', reason: message };
}
