/**
 * One question to an Asterisk, by ARI: its REST travels through the socket that the PBX holds open to us. What a status says of
 * whether something was carried out is judged here; it is asked once.
 */
import { refused, unknown } from '../conversation.js';
import type { DriverAnswer, DriverIo } from '../driver.js';
import { maskSecrets } from '../mask-secrets.js';
import { fieldsIn, jsonIn, textOf } from '../read-reply.js';
import type { SocketAsk } from '../socket-ask.js';

/** `value` is undefined where there was no body, and where it is no JSON. */
export interface Said {
  kind: 'said';
  status: number;
  value: unknown;
}

/** `status` where the PBX has answered. */
export type Unsaid = Extract<DriverAnswer<object>, { kind: 'refused' | 'unknown' }> & { status?: number };

const NO_SOCKET = 'The PBX of this connection holds no socket open to us, so nothing was sent.';
/** An answer of 500 with these words: no channel was made. */
const NOT_MADE = /allocation failed/i;

export async function askAri(
  request: SocketAsk,
  io: Pick<DriverIo, 'ask' | 'signal'>,
): Promise<Said | Unsaid> {
  if (io.signal?.aborted === true) return refused('It was not sent, as we are stopping.');
  if (io.ask === undefined) return refused(NO_SOCKET);
  const answer = await io.ask(request);
  if (answer.kind === 'refused') return refused(maskSecrets(answer.reason, []));
  if (answer.kind === 'unknown') return unknown(maskSecrets(answer.why, []));
  const { status, body } = answer;
  const value = jsonIn(body);
  if (status >= 200 && status < 300) return { kind: 'said', status, value };
  const text = wordsIn(value, body);
  if (status >= 400 && status < 500)
    return { ...refused(reasonOf(text, status), String(status), text), status };
  if (status === 500 && NOT_MADE.test(text ?? '')) {
    const reason = 'The PBX could not make the channel: no such endpoint, or none of its phones is there.';
    return { ...refused(reason, String(status), text), status };
  }
  return {
    ...unknown(`The PBX answered with ${String(status)}${text === null ? '.' : `: ${text}`}`),
    status,
  };
}

function reasonOf(text: string | null, status: number): string {
  return text === null ? `The PBX refused it (${String(status)}).` : `The PBX refused it: ${text}`;
}

/** `{message}` or `{error}`; null for pages and for nothing. */
function wordsIn(value: unknown, body: string): string | null {
  const told = textOf(fieldsIn(value), 'message', 'error');
  const text = told === '' && !/^\s*[<{[]/.test(body) ? body : told;
  return text.trim() === '' ? null : maskSecrets(text, []);
}
