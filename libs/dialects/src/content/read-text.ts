/** The text, or why there is none. A reason never quotes what came: it ends up in logs and in replies. */
export type TextReading = { ok: true; text: string } | { ok: false; reason: string };

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Bytes that stand within a text and are text themselves only if they are UTF-8: see `decodeText` for whole bodies. A byte
 * order mark is dropped. NUL bytes are refused, as PostgreSQL cannot keep them in text.
 */
export function readText(bytes: Uint8Array): TextReading {
  if (bytes.includes(0)) return { ok: false, reason: 'The body holds NUL bytes.' };
  try {
    return { ok: true, text: utf8.decode(bytes) };
  } catch {
    return { ok: false, reason: 'The body is not valid UTF-8.' };
  }
}
