import {
  popupAnswer,
  popupSettings,
  isShortNumber,
  lookupNumber,
  matchContact,
  noMatch,
  showsCustomData,
  type CallMatch,
  type PopupQuestion,
  type PopupSettings,
} from '#domain';
import type { CallContexts, ContactLookup } from '#db';
import { lastDigits, type Clock, type Log, type Metrics } from '#platform';
import type { Answerers, Asker } from './take-webhook.js';

/**
 * How long the directory may take. Voicenter gives up after 3 s and rings the agent without a name (design "Dialects",
 * "Popup"); half of that leaves time for the way there and back.
 */
const DEADLINE_MS = 1_500;

export interface AnswerPopupParts {
  contacts: Pick<ContactLookup, 'find'>;
  contexts: Pick<CallContexts, 'recall'>;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'warn'>;
  metrics: Pick<Metrics, 'popupSeconds'>;
  /** Resolves after so many milliseconds, unless it is called off. Default: the system's timer. */
  timer?: (ms: number) => Timer;
}

export interface Timer {
  over: Promise<void>;
  callOff: () => void;
}

type Outcome = 'known' | 'unknown' | 'late' | 'failed';

/**
 * Says who is calling: who has the number in the tenant's directory. When the directory does not answer in time, or not at
 * all, the caller is an unknown one: the phone rings either way, and an agent who sees the form for a new contact is better
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
      lookUp(parts, { number: question.number.trim(), e164 }, asker),
      rememberedOf(parts, question, { asker, settings }),
    ]);
    if (outcome === 'late' || outcome === 'failed') warn(parts.log, { outcome, question, asker });
    parts.metrics.popupSeconds.observe({ outcome }, (parts.clock.now() - startedAt) / 1000);
    return popupAnswer(match, question, settings, remembered);
  };
}

/** An extension or a name is nobody's number, so nobody is asked for it. */
async function lookUp(
  { contacts, timer = systemTimer }: AnswerPopupParts,
  { number, e164 }: { number: string; e164: string | null },
  { connection }: Asker,
): Promise<{ outcome: Outcome; match: CallMatch }> {
  if (e164 === null) return { outcome: 'unknown', match: noMatch(null, 'no_number') };
  const deadline = timer(DEADLINE_MS);
  const without = (outcome: Outcome) => ({ outcome, match: noMatch(e164, 'nobody') });
  const { tenantId, connectionId, matchPolicy: policy } = connection;
  // As short as that it may be a colleague's phone, whom the tenant's directory knows.
  const unlessExtension = isShortNumber(number) && { connectionId, number };
  const key = { tenantId, e164, unlessExtension, oldestFirst: policy.choose === 'created_first' };
  const found = contacts.find(key).then(
    (candidates) => {
      const match = matchContact(e164, candidates, policy);
      return { outcome: match.total === 0 ? ('unknown' as const) : ('known' as const), match };
    },
    // The one catch of an expected failure that is not a value: a reply without a name is the better reply.
    () => without('failed'),
  );
  try {
    return await Promise.race([found, deadline.over.then(() => without('late'))]);
  } finally {
    deadline.callOff();
  }
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
  { outcome, question, asker }: { outcome: Outcome; question: PopupQuestion; asker: Asker },
): void {
  const { tenantId, connectionId } = asker.connection;
  log.warn({ outcome, tenantId, connectionId, number: lastDigits(question.number) }, 'popup.unanswered');
}

function systemTimer(ms: number): Timer {
  let handle: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    handle = setTimeout(resolve, ms);
  });
  return {
    over,
    callOff: () => {
      clearTimeout(handle);
    },
  };
}
