import { randomBytes } from 'node:crypto';

/** Ends a line of SIP; two of them end the head of a message. */
export const LINE = '\r\n';

export const randomId = (): string => randomBytes(8).toString('hex');

export const isAnswer = (message: string): boolean => message.startsWith('SIP/2.0 ');

/** Of an answer; not a number, where it is none. */
export const statusOf = (answer: string): number => Number(answer.split(' ')[1]);

/** The values of a header in a message, by its name as it is written usually. */
export function valuesOf(message: string, header: string): string[] {
  const [head = ''] = message.split(LINE + LINE);
  return head
    .split(LINE)
    .map((line) => /^([^:]+?)\s*:\s*(.*)$/.exec(line))
    .flatMap((found) => (found?.[1]?.toLowerCase() === header.toLowerCase() ? [found[2] ?? ''] : []));
}

/** An answer to a request. */
export function answerTo(request: string, status: number): string {
  const kept = ['Via', 'Record-Route', 'From', 'To', 'Call-ID', 'CSeq'].flatMap((name) =>
    valuesOf(request, name).map((value) => `${name}: ${value}${name === 'To' ? ';tag=probe' : ''}`),
  );
  return [`SIP/2.0 ${String(status)} Said`, ...kept, 'Content-Length: 0', '', ''].join(LINE);
}
