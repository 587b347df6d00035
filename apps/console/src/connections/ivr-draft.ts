import type { IvrRouteDto, IvrRoutePutDto } from '../api/operations';
import { readObject } from './dialect-settings';

/** Of the route that answers for every number without one of its own. */
export const EVERY_OTHER = 'default';

/** A route as its form holds it. */
export interface IvrDraft {
  /** Empty for every other number. */
  did: string;
  source: IvrRouteDto['source'];
  flowId: string;
  url: string;
  protocol: IvrRouteDto['protocol'];
  timeoutMs: number;
  /** JSON; empty for none. */
  defaultAnswer: string;
  /** One a line, name and value; never told, so it begins empty. */
  headers: string;
}

export function ivrDraftOf(route: IvrRouteDto | undefined): IvrDraft {
  return {
    did: route === undefined || route.did === EVERY_OTHER ? '' : route.did,
    source: route?.source ?? 'flow',
    flowId: route?.flowId ?? '',
    url: route?.url ?? '',
    protocol: route?.protocol ?? 'standard',
    timeoutMs: route?.timeoutMs ?? 2_500,
    defaultAnswer: route?.defaultAnswer == null ? '' : JSON.stringify(route.defaultAnswer, null, 2),
    headers: '',
  };
}

/** What is asked of the API; null where the default answer is no JSON object. */
export function ivrBodyOf(draft: IvrDraft): IvrRoutePutDto | null {
  const answer = readObject(draft.defaultAnswer);
  if (answer === null) return null;
  const defaultAnswer = draft.defaultAnswer.trim() === '' ? null : answer;
  if (draft.source === 'flow') return { source: 'flow', flowId: draft.flowId, defaultAnswer };
  const { url, protocol, timeoutMs } = draft;
  const headers = readHeaders(draft.headers);
  const sent = Object.keys(headers).length === 0 ? {} : { headers };
  return { source: 'url', url, protocol, timeoutMs, defaultAnswer, ...sent };
}

function readHeaders(text: string): Record<string, string> {
  const lines = text.split('\n').map((line) => line.split(/:(.*)/, 2).map((part) => part.trim()));
  return Object.fromEntries(lines.flatMap(([name = '', value = '']) => (name === '' ? [] : [[name, value]])));
}
