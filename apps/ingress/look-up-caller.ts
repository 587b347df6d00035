import {
  isShortNumber,
  matchContact,
  noMatch,
  sourcesToAskFor,
  type CallMatch,
  type FoundCandidates,
  type PopupQuestion,
} from '#domain';
import type { ContactLookup, IngressConnection } from '#db';
import type { Clock } from '#platform';
import type { PopupAsker } from '#queues';
import type { Timer } from './system-timer.js';

/**
 * How long finding the caller may take. Voicenter gives up after 3 s and rings the agent without a name (design "Dialects",
 * "Popup"); half of that leaves time for the way there and back.
 */
export const DEADLINE_MS = 1_500;
/** Of that, what is kept for a last look: the word that a source has answered may have been lost. */
const LAST_LOOK_MS = 150;

export interface LookUpParts {
  contacts: Pick<ContactLookup, 'find'>;
  asker: Pick<PopupAsker, 'ask'>;
  clock: Pick<Clock, 'now'>;
  /** Resolves after so many milliseconds, unless it is called off. */
  timer: (ms: number) => Timer;
}

export type LookUpOutcome = 'known' | 'unknown' | 'late' | 'failed';

export interface LookedUp {
  outcome: LookUpOutcome;
  match: CallMatch;
}

type Key = Parameters<ContactLookup['find']>[0];

/**
 * Whose the number is, within `DEADLINE_MS` whatever happens: as the directory knows, and as the tenant's other sources said before.
 * Where that does not decide, and only there, they are asked by the popup worker.
 *
 * @param e164  null for what is nobody's number, so that nobody is asked for it
 */
export async function lookUpCaller(
  parts: LookUpParts,
  { question, e164 }: { question: PopupQuestion; e164: string | null },
  connection: IngressConnection,
): Promise<LookedUp> {
  if (e164 === null) return { outcome: 'unknown', match: noMatch(null, 'no_number') };
  const deadline = parts.timer(DEADLINE_MS);
  const best: { known?: LookedUp } = {};
  const lastLookAt = parts.clock.now() + DEADLINE_MS - LAST_LOOK_MS;
  const looking = look(parts, { question, e164, connection, lastLookAt, best });
  const late = deadline.over.then(() => best.known ?? without(e164, 'late'));
  try {
    return await Promise.race([looking, late]);
  } finally {
    deadline.callOff();
  }
}

interface Looking {
  question: PopupQuestion;
  e164: string;
  connection: IngressConnection;
  /** Milliseconds since 1970. */
  lastLookAt: number;
  /** What is answered when time is up. */
  best: { known?: LookedUp };
}

/** Never rejects: the one catch of expected failures that are no values. A reply without a name is the better reply. */
async function look(parts: LookUpParts, looking: Looking): Promise<LookedUp> {
  const { question, e164, connection, best } = looking;
  const { tenantId, connectionId, country, matchPolicy: policy } = connection;
  const number = question.number.trim();
  // As short as that it may be a colleague's phone, whom the tenant's directory knows.
  const unlessExtension = isShortNumber(number) && { connectionId, number };
  const key: Key = { tenantId, e164, unlessExtension, oldestFirst: policy.choose === 'created_first' };
  const lookOnce = async (): Promise<FoundCandidates> => {
    const found = await parts.contacts.find(key);
    const match = matchContact(e164, found, policy);
    best.known = { outcome: match.total === 0 ? 'unknown' : 'known', match };
    return found;
  };
  try {
    const { now, behind } = sourcesToAskFor(await lookOnce(), policy);
    if (now.length + behind.length > 0) {
      const { vendorCallId: callId, did, extension } = question;
      const asked = parts.asker.ask({ tenantId, e164, country, callId, did, extension });
      if (now.length > 0) {
        await waitFor(asked, parts.timer(looking.lastLookAt - parts.clock.now()));
        await lookOnce();
      }
    }
  } catch {
    // What was found before counts.
  }
  return best.known ?? without(e164, 'failed');
}

async function waitFor(asked: Promise<unknown>, timer: Timer): Promise<void> {
  await Promise.race([asked, timer.over]);
  timer.callOff();
}

function without(e164: string, outcome: LookUpOutcome): LookedUp {
  return { outcome, match: noMatch(e164, 'nobody') };
}
