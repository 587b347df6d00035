/** What came of an ask, as the UnifiedAPI would say it. Every answer has a body, as its clients read one. */
import type { AskFailure, AskResult, Told } from '#domain';
import type { FacadeReply, FacadeSettings } from '../../facade.js';
import { agentEntry, eventEntry, presenceEntry } from './extension-entries.js';
import type { VoipnowRoute } from './api-route.js';
import type { VoipnowManner } from './manner.js';
import { liveCalls, pastCall, placedCall, withoutNothing } from './phone-call.js';
import { JSON_TYPE, writeError } from './write-error.js';
import { listBody, pageOf, withFields } from './write-list.js';
import { writeToken } from './write-token.js';

const NO_CALL: AskFailure = { code: 'not_found', reason: 'There is no such call.' };

export function writeAnswer(
  result: AskResult,
  { route, manner }: { route: VoipnowRoute; manner: VoipnowManner },
  settings: FacadeSettings | null,
): FacadeReply {
  if (route === 'token') return writeToken(result, manner);
  if (!result.ok) return writeError(result.failure);
  if (result.told.kind === 'hang_up' && result.told.calls === 0) return writeError(NO_CALL);
  const body = bodyOf(result.told, route, manner, settings?.timeZone ?? null);
  if (body === undefined) return writeError({ code: 'unavailable' });
  return { status: 200, contentType: JSON_TYPE, body: JSON.stringify(body) };
}

function bodyOf(
  told: Told,
  route: VoipnowRoute,
  manner: VoipnowManner,
  timeZone: string | null,
): object | undefined {
  const { page } = manner;
  switch (told.kind) {
    case 'place':
      return [withFields(placedCall(told, manner, timeZone), page.fields)];
    case 'live_calls':
      return pageOf(liveCalls(told.extensions, timeZone), route, page);
    case 'call_log':
      return listBody(
        told.calls.map((call) => pastCall(call, timeZone)),
        told.total,
        page,
      );
    case 'hang_up':
    case 'set_hold':
    case 'transfer':
    case 'record':
      return withoutNothing({ id: manner.id, extension: manner.extension });
    case 'extension_state':
      return pageOf([presenceEntry(told.extension)], route, page);
    case 'extensions':
      return pageOf(told.extensions.map(presenceEntry), route, page);
    case 'agent_states':
      return pageOf(
        told.agents.map((agent) => agentEntry(agent, manner.id)),
        route,
        page,
      );
    case 'set_agent_state':
      return agentEntry(told.agent, manner.id);
    case 'event_hooks':
      return hooksBody(told, route, manner);
    default:
      return undefined;
  }
}

/** One event where one was written, what is left where some were removed, else the list. */
function hooksBody(
  { hooks }: Extract<Told, { kind: 'event_hooks' }>,
  route: VoipnowRoute,
  { method, eventType, page, id, note }: VoipnowManner,
): object {
  if (method === 'DELETE') return withoutNothing({ id });
  const entries = hooks.map((hook) => eventEntry(hook, method === 'GET' ? null : note));
  if (method !== 'GET') return entries[0] ?? withoutNothing({ id });
  const ofType = eventType === null ? entries : entries.filter(({ type }) => type === eventType);
  return pageOf(ofType, route, page);
}
