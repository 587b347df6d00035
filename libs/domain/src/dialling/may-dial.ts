/**
 * May this number be dialled now? One pure function over what the rows say; the same answers the API's question why a campaign does
 * not dial. Source: design "Dialer", "May this number be dialed now?".
 */
import type { Instant } from '../ids.js';
import { DIAL_GATES, type DialQuestion, type DialVerdict } from './dial-question.js';
import { GATES, whyNever, type Asked } from './gates.js';
import { readyRules } from './ready-rules.js';
import { zonesOf } from './zones-of.js';

const MAY: DialVerdict = { may: true };
/** Gates that move each other's moment on settle within a few rounds; a year of holidays and gaps takes some more. */
const MOST_ROUNDS = 500;

/**
 * The first gate that fails, and when all of them are open if nothing else happens until then: at `nextAt` the same question is
 * answered with yes, and at no moment before.
 *
 * @throws RangeError for rules that name a pack or a zone that does not exist: they are read with `readDialRules` where they enter
 */
export function mayDial(question: DialQuestion): DialVerdict {
  const { rules, lead, now } = question;
  const { region, postal, zone } = lead;
  const asked: Asked = {
    question,
    ready: readyRules(rules),
    zones: zonesOf({ phone: lead.phone ?? '', region, postal, zone }, rules.zone),
  };
  for (const name of DIAL_GATES) {
    const gate = GATES[name];
    const opens = gate.opensAt(asked, now);
    if (opens !== now) {
      const nextAt = opens === null ? null : allOpenAt(asked, opens);
      return { may: false, gate: name, reason: gate.reason(asked), nextAt };
    }
  }
  return MAY;
}

/** Whether all that keeps it from being dialled for good is that nobody has asked the public registry, or not of late. */
export function isRegistryUnasked(question: DialQuestion): boolean {
  const verdict = mayDial(question);
  if (verdict.may || verdict.gate !== 'do_not_call') return false;
  return whyNever({ question, ready: readyRules(question.rules), zones: [] }, question.now) === 'stale';
}

function allOpenAt(asked: Asked, from: Instant): Instant | null {
  let at = from;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = at;
    for (const name of DIAL_GATES) {
      const opens = GATES[name].opensAt(asked, at);
      if (opens === null) return null;
      at = opens;
    }
    if (at === before) return at;
  }
  return null;
}
