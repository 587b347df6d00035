/** What `dialup.php` is asked: a call, the state of an extension, or an end of its calls (seed 004, "click2call" and on). */
import { orderOf, type Ask, type AskFailure, type OrderParty } from '#domain';
import type { AskedFields } from '../../content/asked-fields.js';
import { askedParty } from '../../content/asked-party.js';
import type { FacadeReading } from '../../facade.js';

export type AskReading = FacadeReading['ask'];

export const DEFAULT_RING_SECONDS = 20;
const MOST_RING_SECONDS = 300;
const CALLER_ID = /^\+?\d{1,20}$/;

/** @param country  null while nobody knows whose request it is */
export function readDialup(fields: AskedFields, country: string | null): AskReading {
  const operation = fields.word('operation');
  if (operation === 'hangup') return withExtension(fields, (extension) => ({ kind: 'hang_up', extension }));
  if (operation !== null) return invalid('operation', 'The only operation is hangup.');
  return fields.has('exten') && !fields.has('dial1', 'dial2')
    ? readExtension(fields)
    : readDial(fields, country);
}

export function readExtension(fields: AskedFields): AskReading {
  return withExtension(fields, (extension) => ({ kind: 'extension_state', extension }));
}

/**
 * The first of the two is rung first, the other one with `Reverse`. Which of them is the agent is not said: customers are
 * dialled first by putting their number there.
 */
function readDial(fields: AskedFields, country: string | null): AskReading {
  const dials = (['dial1', 'dial2'] as const).map((name) => readParty(fields, name, country));
  const [one, two] = dials;
  const wrong = dials.find((party) => 'ok' in party);
  if (wrong && 'ok' in wrong) return wrong;
  const reverse = fields.flag('reverse');
  if (reverse === null && fields.has('reverse')) return invalid('Reverse', 'Reverse is yes or no.');
  const callerId = fields.text('setcid')?.replace(/[\s-]/g, '') ?? null;
  if (callerId !== null && !CALLER_ID.test(callerId)) return invalid('SetCID', 'SetCID has digits only.');
  const ring = fields.has('timeout') ? fields.whole('timeout') : DEFAULT_RING_SECONDS;
  if (ring === null || ring < 1 || ring > MOST_RING_SECONDS) {
    return invalid('Timeout', `Timeout is a number of seconds from 1 to ${MOST_RING_SECONDS}.`);
  }
  const [first, second] = (reverse === true ? [two, one] : [one, two]) as [OrderParty, OrderParty];
  const order = orderOf('call', first, second, {
    callerId: { first: callerId, second: callerId },
    ringSeconds: { first: ring, second: null },
  });
  return asking({ kind: 'place', order });
}

function readParty(
  fields: AskedFields,
  name: 'dial1' | 'dial2',
  country: string | null,
): OrderParty | (AskReading & { ok: false }) {
  const text = fields.number(name);
  if (text === null) return invalid(name, `${name} is missing.`);
  return askedParty(text, country) ?? invalid(name, `${name} is neither a number nor an extension.`);
}

function withExtension(fields: AskedFields, ask: (extension: string) => Ask): AskReading {
  const extension = fields.text('exten', 'ext', 'extension');
  if (extension === null) return invalid('exten', 'exten is missing.');
  const party = askedParty(extension, null);
  return party === null ? invalid('exten', 'exten is no extension.') : asking(ask(party.value));
}

export function asking(ask: Ask): AskReading {
  return { ok: true, ask };
}

export function invalid(field: string, reason: string): { ok: false; failure: AskFailure } {
  return { ok: false, failure: { code: 'invalid', field, reason } };
}
