/** The text of a body, or why it has none. A reason never quotes the body: it ends up in logs and in replies. */
export type TextReading = { ok: true; text: string } | { ok: false; reason: string };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Bodies are UTF-8 whatever their header or prolog claims: stacks that send UTF-8 under a us-ascii prolog exist, stacks
 * that send another encoding have not been seen. A byte order mark is dropped. NUL bytes are refused, as PostgreSQL
 * cannot keep them in text.
 */
export function readText(bytes: Uint8Array): TextReading {
  if (bytes.includes(0)) return { ok: false, reason: 'The body holds NUL bytes.' };
  try {
    return { ok: true, text: utf8.decode(bytes) };
  } catch {
    return { ok: false, reason: 'The body is not valid UTF-8.' };
  }
}
