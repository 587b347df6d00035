import {
  popupAnswer,
  popupSettings,
  lookupNumber,
  showsCustomData,
  type PopupQuestion,
  type PopupSettings,
} from '#domain';
import type { CallContexts, ContactLookup } from '#db';
import { lastDigits, type Clock, type Log, type Metrics } from '#platform';
import type { PopupAsker } from '#queues';
import { DEADLINE_MS, lookUpCaller, type LookUpOutcome } from './look-up-caller.js';
import { systemTimer, type Timer } from './system-timer.js';
import type { Answerers, Asker } from './take-webhook.js';

export interface AnswerPopupParts {
  contacts: Pick<ContactLookup, 'find'>;
  /** Has the tenant's sources of contacts asked, where the directory does not know. */
  asker: Pick<PopupAsker, 'ask'>;
  contexts: Pick<CallContexts, 'recall'>;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'warn'>;
  metrics: Pick<Metrics, 'popupSeconds'>;
  /** Resolves after so many milliseconds, unless it is called off. Default: the system's timer. */
  timer?: (ms: number) => Timer;
}

/**
 * Says who is calling: who has the number in the tenant's directory, else in the tenant's other sources. When nobody answers in time,
 * or not at all, the caller is an unknown one: the phone rings either way, and an agent who sees the form for a new contact is better
 * off than one who sees nothing.
 */
export function answerPopup(parts: AnswerPopupParts): Answerers['popup'] {
  return async (question, asker) => {
    const { connection } = asker;
    const startedAt = parts.clock.now();
    const e164 =
      question.numberKind === 'extension' ? null : lookupNumber(question.number, connection.country);
    const settings = popupSettings(connection.settings);
    const [{ outcome, match }, remembered] = await Promise.all([
      lookUpCaller({ ...parts, timer: parts.timer ?? systemTimer }, { question, e164 }, connection),
      rememberedOf(parts, question, { asker, settings }),
    ]);
    if (outcome === 'late' || outcome === 'failed') warn(parts.log, { outcome, question, asker });
    parts.metrics.popupSeconds.observe({ outcome }, (parts.clock.now() - startedAt) / 1000);
    return popupAnswer(match, question, settings, remembered);
  };
}

/** Only asked for where a page shows it; a page without it is better than none. */
async function rememberedOf(
  { contexts, timer = systemTimer }: AnswerPopupParts,
  { vendorCallId }: PopupQuestion,
  { asker, settings }: { asker: Asker; settings: PopupSettings },
): Promise<Record<string, unknown>> {
  const shown = showsCustomData(settings.contactUrl) || showsCustomData(settings.newContactUrl);
  if (!shown || vendorCallId === null) return {};
  const deadline = timer(DEADLINE_MS);
  const nothing = () => ({});
  const found = contexts
    .recall(asker.connection.connectionId, vendorCallId)
    .then((context) => context?.data ?? {}, nothing);
  try {
    return await Promise.race([found, deadline.over.then(nothing)]);
  } finally {
    deadline.callOff();
  }
}

function warn(
  log: Pick<Log, 'warn'>,
  { outcome, question, asker }: { outcome: LookUpOutcome; question: PopupQuestion; asker: Asker },
): void {
  const { tenantId, connectionId } = asker.connection;
  log.warn({ outcome, tenantId, connectionId, number: lastDigits(question.number) }, 'popup.unanswered');
}
