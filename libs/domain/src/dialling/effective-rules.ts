import { dialPack } from './dial-packs.js';
import { CONSENT_NEEDS, type DialLimits, type DialRules, type PhoneCap } from './dial-rules.js';
import { commonHours } from './open-hours.js';

/** What holds for a campaign once its packs are laid over its own rules; `packs` with the versions that were. */
export interface EffectiveRules extends Omit<DialRules, 'packs'> {
  packs: readonly { id: string; version: number }[];
}

/**
 * The strictest of each limit. Packs hold for every lead of the campaign, wherever it is.
 *
 * @throws RangeError for an id that no pack has
 */
export function effectiveRules(rules: DialRules): EffectiveRules {
  const packs = rules.packs.map(dialPack);
  const limits = packs.reduce<DialLimits>((strictest, pack) => stricter(strictest, pack.limits), rules);
  return { ...rules, ...limits, packs: packs.map(({ id, version }) => ({ id, version })) };
}

function stricter(own: DialLimits, more: Partial<DialLimits>): DialLimits {
  return {
    windows: more.windows === undefined ? own.windows : commonHours(own.windows, more.windows),
    maxAttempts: lower(own.maxAttempts, more.maxAttempts),
    maxPhoneAttempts: lower(own.maxPhoneAttempts, more.maxPhoneAttempts),
    maxPerPhone: bindingCaps([...own.maxPerPhone, ...(more.maxPerPhone ?? [])]),
    minGapMinutes: Math.max(own.minGapMinutes, more.minGapMinutes ?? 0),
    requireConsent:
      CONSENT_NEEDS[
        Math.max(
          CONSENT_NEEDS.indexOf(own.requireConsent),
          CONSENT_NEEDS.indexOf(more.requireConsent ?? 'never'),
        )
      ] ?? 'always',
    consentDays: lower(own.consentDays, more.consentDays),
    registryDays: lower(own.registryDays, more.registryDays),
    dropQuietHours: higher(own.dropQuietHours, more.dropQuietHours),
    talkQuietHours: higher(own.talkQuietHours, more.talkQuietHours),
    callerIdPerDay: lower(own.callerIdPerDay, more.callerIdPerDay),
    abandonTarget: Math.min(own.abandonTarget, more.abandonTarget ?? 1),
    answerWithinMs: Math.min(own.answerWithinMs, more.answerWithinMs ?? Infinity),
    minRingSeconds: Math.max(own.minRingSeconds, more.minRingSeconds ?? 0),
    agentFirst: own.agentFirst || more.agentFirst === true,
  };
}

function lower(one: number | null, other: number | null | undefined): number | null {
  return one === null || other === null || other === undefined
    ? (one ?? other ?? null)
    : Math.min(one, other);
}

function higher(one: number | null, other: number | null | undefined): number | null {
  return one === null || other === null || other === undefined
    ? (one ?? other ?? null)
    : Math.max(one, other);
}

/** Without those that another one, for as long or longer, already holds to as few calls or fewer. */
function bindingCaps(caps: readonly PhoneCap[]): PhoneCap[] {
  return caps.filter(
    (cap, index) =>
      !caps.some(
        (other, place) =>
          other.count <= cap.count &&
          other.hours >= cap.hours &&
          (other.count < cap.count || other.hours > cap.hours || place < index),
      ),
  );
}
