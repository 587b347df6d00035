/**
 * Who says they log in to the vendor's realtime socket: before it, over HTTP, or within it. Source: the vendor's public clients,
 * and seed 003, section 9, for the code of a user.
 */
import type { Presented } from '../../facade.js';

export type LoginReading = { ok: true; presented: Presented } | { ok: false; reason: string };

/** No code or password is longer. */
const MOST_LETTERS = 512;

/**
 * Whichever way it is, the members say what it is: `token` or a `code`, else somebody and their secret. What the path or the event
 * was called tells nothing more, and clients mix them up.
 *
 * @param given  members of a JSON object or of a form, or the code by itself
 */
export function readLogin(given: unknown): LoginReading {
  const code = typeof given === 'string' ? given : undefined;
  const members = membersOf(given);
  const member = (...names: string[]) => names.map((name) => textIn(members.get(name))).find(Boolean);
  const token = textIn(code) ?? member('token', 'code', 'usercode');
  if (token !== undefined) return { ok: true, presented: { kind: 'code', code: token } };
  const user = member('email', 'username', 'user');
  const password = member('pin', 'password', 'pass');
  if (user === undefined || password === undefined) {
    return { ok: false, reason: 'Token, or user and password, are missing.' };
  }
  return { ok: true, presented: { kind: 'login', user, password, organisation: null } };
}

function membersOf(given: unknown): Map<string, unknown> {
  if (typeof given !== 'object' || given === null) return new Map();
  return new Map(Object.entries(given).map(([name, value]) => [name.toLowerCase(), value as unknown]));
}

function textIn(value: unknown): string | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || text.length > MOST_LETTERS) return undefined;
  return text.trim() === '' ? undefined : text.trim();
}
