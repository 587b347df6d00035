import type { DialectGuide, GuideRoute, TrialCall, TrialMessage } from '../dialect.js';
import { fillTemplate } from './fill-template.js';
import type { ReadyTrial } from './ready-mapping.js';

const MILLI = 1000;

/** The guide that a mapping has of itself. A mapping without a trial has one that says only which call it is of. */
export function trialGuide({
  title,
  steps,
  routes,
  trial,
}: {
  title: string;
  steps: readonly string[];
  routes: readonly GuideRoute[];
  trial: ReadyTrial | null;
}): DialectGuide {
  return {
    title,
    steps,
    routes,
    trial: (call) =>
      trial === null
        ? { route: routes[0]?.route ?? '', method: 'GET', query: `call=${call.id}` }
        : trialOf(trial, call),
  };
}

function trialOf({ route, query, contentType, body }: ReadyTrial, call: TrialCall): TrialMessage {
  const words = wordsOf(call);
  const fill = (template: typeof body): string =>
    fillTemplate(template, { word: (name) => words[name] ?? '' });
  if (query !== null) return { route, method: 'GET', query: fill(query) };
  return { route, method: 'POST', contentType, body: fill(body) };
}

function wordsOf({ id, startedEpochSeconds: started, talkSeconds }: TrialCall): Record<string, string> {
  const ended = started + talkSeconds;
  return {
    id,
    startedSeconds: String(started),
    startedMs: String(started * MILLI),
    startedIso: new Date(started * MILLI).toISOString(),
    endedSeconds: String(ended),
    endedMs: String(ended * MILLI),
    endedIso: new Date(ended * MILLI).toISOString(),
    talkSeconds: String(talkSeconds),
  };
}
