import type { Exchange, Outcome, OutcomeClass } from './outcome.js';

/** What the first digit of a mail server's reply means (RFC 5321, section 4.2.1); any other is no reply to what we sent. */
const CLASS_OF_HUNDRED: Readonly<Partial<Record<number, OutcomeClass>>> = {
  2: 'delivered',
  4: 'unreachable',
  5: 'refused',
};
const LONGEST_WORDS = 300;

/**
 * Puts one exchange with our mail server into the class that decides what follows. That a message was taken says that the
 * server will see to it, not that somebody has it.
 *
 * @param exchange  `status` is the reply's code, `body` its text. A failure is never the recipient's: also when our own account is refused
 * @returns the class with a sentence for the delivery log
 */
export function mailOutcomeOf(exchange: Exchange): Outcome {
  if (exchange.kind === 'failed') return { class: 'unreachable', note: exchange.message };
  const { status, body } = exchange;
  const verdict = CLASS_OF_HUNDRED[Math.floor(status / 100)] ?? 'unreachable';
  const words = body.replaceAll(/\s+/g, ' ').trim().slice(0, LONGEST_WORDS);
  return {
    class: verdict,
    note: words === '' ? `${BEGINNING[verdict]}.` : `${BEGINNING[verdict]}: ${words}`,
  };
}

const BEGINNING: Readonly<Partial<Record<OutcomeClass, string>>> = {
  delivered: 'The mail server took it',
  unreachable: 'The mail server did not take it now',
  refused: 'The mail server refused it',
};
