/**
 * Message number -> call. Of every ten messages the last two are the legs of one click-to-call, so that calls with two
 * events exist and their order can be judged; the other eight are calls of their own.
 */
export type Leg = 'only' | 'first' | 'second';

const GROUP = 10;
const INDEX_DIGITS = 8;

export interface CallPlace {
  /** Number of the call: that of its first message. */
  call: number;
  leg: Leg;
}

export function callPlace(message: number): CallPlace {
  const place = message % GROUP;
  if (place === GROUP - 1) return { call: message - 1, leg: 'second' };
  return { call: message, leg: place === GROUP - 2 ? 'first' : 'only' };
}

/** 14 digits of wall clock as Voicenter's ids begin with, the run's tag, and the number of the call. */
export function callId(prefix: string, call: number): string {
  return prefix + String(call).padStart(INDEX_DIGITS, '0');
}

/** The inverse of `callId`; undefined for a call of another run. */
export function callNumber(prefix: string, id: string): number | undefined {
  return id.startsWith(prefix) && id.length === prefix.length + INDEX_DIGITS
    ? Number(id.slice(prefix.length))
    : undefined;
}
