import { walkFlow, type IvrAnswer, type IvrQuestion } from '#domain';
import type { CallContexts, HotIvrRoute, IvrDirectory } from '#db';
import { logFailure, type Clock, type Log, type Metrics } from '#platform';
import { ownAnswer, type AskTenant, type Said } from './ask-tenant.js';
import type { KeptFlows } from './kept-flows.js';
import type { Answerers, Asker } from './take-webhook.js';

/** Vendors wait for 5 s (design: dialects, "External IVR"); what is left is for the commit and the way back. */
export const DEADLINE_MS = 2_500;

export interface AnswerIvrParts {
  directory: Pick<IvrDirectory, 'route'>;
  flows: Pick<KeptFlows, 'flow'>;
  tenants: Pick<AskTenant, 'ask'>;
  contexts: Pick<CallContexts, 'remember'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
  metrics: Pick<Metrics, 'ivrAnswers'>;
}

/** The PBX does what it was set up to do when nobody answers. */
const FALLBACK: IvrAnswer = Object.freeze({
  kind: 'ivr',
  action: { do: 'fallback' } as const,
  language: null,
  callerName: null,
  customData: {},
});

/**
 * Says what a caller hears next: asks the flow or the tenant's server that is set for the number, and gives the number's
 * default answer where that fails. What the answer wants to be remembered of the call is committed before it is given.
 * Never throws: the caller is on the line.
 */
export function answerIvr(parts: AnswerIvrParts): Answerers['ivr'] {
  return async (question, asker) => {
    const answer = await answered(parts, question, asker).catch((error: unknown) => {
      logFailure(parts.log, 'ivr.failed', error, fieldsOf(asker));
      parts.metrics.ivrAnswers.inc({ source: 'none', outcome: 'failed' });
      return FALLBACK;
    });
    const { tenantId, connectionId } = asker.connection;
    await parts.contexts
      .remember(tenantId, connectionId, question.vendorCallId, rememberedOf(question, answer))
      .catch((error: unknown) => {
        logFailure(parts.log, 'ivr.not_remembered', error, fieldsOf(asker));
      });
    return answer;
  };
}

/** What the PBX remembers already, and what is new over that. */
function rememberedOf({ customData = {} }: IvrQuestion, answer: IvrAnswer): Record<string, string> {
  const texts = Object.entries(customData).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : value == null ? '' : JSON.stringify(value),
  ]);
  return { ...(Object.fromEntries(texts) as Record<string, string>), ...answer.customData };
}

async function answered(parts: AnswerIvrParts, question: IvrQuestion, asker: Asker): Promise<IvrAnswer> {
  const deadline = parts.clock.now() + DEADLINE_MS;
  const route = await parts.directory.route(asker.connection, question.did);
  if (!route) {
    parts.metrics.ivrAnswers.inc({ source: 'none', outcome: 'no_route' });
    return FALLBACK;
  }
  const said = await sourceSays(parts, { question, asker, route, deadline });
  const source = route.source.kind;
  parts.metrics.ivrAnswers.inc({ source, outcome: said.ok ? 'answered' : said.cause });
  if (said.ok) return said.answer;
  const { cause, reason } = said;
  parts.log.warn({ ...fieldsOf(asker), routeId: route.id, source, cause, reason }, 'ivr.unanswered');
  return defaultOf(route);
}

async function sourceSays(
  parts: AnswerIvrParts,
  ask: { question: IvrQuestion; asker: Asker; route: HotIvrRoute; deadline: number },
): Promise<Said> {
  const { question, asker, route, deadline } = ask;
  const { source } = route;
  const now = parts.clock.now();
  if (source.kind === 'url') {
    return parts.tenants.ask(question, asker, { route, source }, Math.min(source.timeoutMs, deadline - now));
  }
  const reading = await parts.flows.flow(source.flowId, source.version);
  if (!reading.ok) return reading;
  const { timeZone } = asker.connection;
  return { ok: true, answer: walkFlow(reading.flow, question, { now, timeZone }) };
}

/** It was checked when it was set; a build that no longer takes it falls back. */
function defaultOf({ defaultAnswer }: HotIvrRoute): IvrAnswer {
  if (defaultAnswer === null) return FALLBACK;
  const said = ownAnswer(defaultAnswer);
  return said.ok ? said.answer : FALLBACK;
}

function fieldsOf({ connection }: Asker): { tenantId: string; connectionId: string } {
  return { tenantId: connection.tenantId, connectionId: connection.connectionId };
}
