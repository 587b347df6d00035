/** Orders to dial in Voicenter's words, each to another number, so that none waits for the call of another to be over. */
import type { Questions, QuestionsOptions } from './questions.js';

const DIGITS = 5;

/** A mobile number that the simulated PBX's customers answer: what its last two digits say. @throws RangeError beyond 99,999 */
export function dialledNumber(question: number): string {
  if (question >= 10 ** DIGITS) throw new RangeError('There are no more numbers to dial.');
  return `052${String(question).padStart(DIGITS, '0')}00`;
}

/** @param options  `urls` name the credential and the phone of whoever dials */
export function click2callQuestions({ urls, askedBefore = 0 }: QuestionsOptions): Questions {
  const targets = urls.map((url) => new URL(url));
  return {
    request: (question) => {
      const { host, pathname, search } = targets[question % targets.length] as URL;
      const path = `${pathname}${search}&target=${dialledNumber(askedBefore + question)}`;
      return Buffer.from(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\n\r\n`);
    },
    isRight: (_question, reply) => isPlaced(reply),
  };
}

/** Clients take it for placed by the code 0 with an id. */
function isPlaced(reply: string): boolean {
  try {
    const { ERRORCODE, CALLID } = JSON.parse(reply) as { ERRORCODE?: unknown; CALLID?: unknown };
    return ERRORCODE === 0 && typeof CALLID === 'string' && CALLID !== '';
  } catch {
    return false;
  }
}
