import type { Call, CallLeg, Party } from './call.js';

/** Shorter ones are extensions. */
const FEWEST_DIGITS = 7;

/** A party's number, or nothing where it is no number, such as an extension, a name or nobody's. */
interface Known {
  e164: string | null;
  digits: string;
}

/**
 * Whether the parties of a message are those of a call. `others` only where both name somebody outside by a number, in
 * calls that go the same way: who is called when a call is handed on is no new caller.
 */
export function samePeople(call: Call, message: readonly CallLeg[]): 'same' | 'others' | 'unclear' {
  const there = call.legs.flatMap(({ from, to, did }) => [from, to, ...(did ? [did] : [])]).flatMap(numberOf);
  const here = message.flatMap(outsideOf);
  if (here.some(({ number }) => there.some((other) => isSame(number, other)))) return 'same';
  const theirs = call.legs.flatMap(outsideOf);
  const isLikewise = here.some(({ way }) => theirs.some((other) => other.way === way));
  return isLikewise ? 'others' : 'unclear';
}

/** Of a call in two steps the agent is called first, which is nobody outside. */
function outsideOf({ key, direction, from, to }: CallLeg): { way: string; number: Known }[] {
  if (key === 'agent' || direction === 'internal') return [];
  const party = direction === 'outbound' ? to : from;
  return numberOf(party).map((number) => ({ way: direction, number }));
}

function numberOf({ original, e164 }: Party): Known[] {
  const digits = (e164 ?? original).replace(/\D/g, '');
  const isNumber = e164 !== null || (digits.length >= FEWEST_DIGITS && /^[\d\s+().-]*$/.test(original));
  return isNumber ? [{ e164, digits }] : [];
}

function isSame(a: Known, b: Known): boolean {
  if (a.e164 !== null && b.e164 !== null) return a.e164 === b.e164;
  // In its international spelling a number ends as it does at home, but for the zero in front.
  const [one, other] = [a, b].map(({ digits }) => digits.replace(/^0+/, '')) as [string, string];
  return one.endsWith(other) || other.endsWith(one);
}
