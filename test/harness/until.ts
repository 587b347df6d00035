import { setTimeout as delay } from 'node:timers/promises';
import { jest } from '@jest/globals';

// Whoever waits for a predicate has a deadline that says what was waited for; Jest's own, of 5 s, would only come first.
jest.setTimeout(120_000);

const LOOK_EVERY_MS = 15;

/**
 * Waits until `look` answers something truthy, and answers it. The tests' only way of waiting.
 *
 * @param what  the end of the sentence "waited in vain for ..."
 * @throws Error after `withinMs`, with what `look` last threw or answered
 */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  withinMs = 10_000,
): Promise<NonNullable<T>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    let last: unknown;
    try {
      const answer = await look();
      if (answer) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) {
      const seen = last instanceof Error ? last.message : JSON.stringify(last);
      throw new Error(`Waited ${withinMs} ms in vain for ${what}; last: ${seen}`);
    }
    await delay(LOOK_EVERY_MS);
  }
}

/** Resolves with what `work` answers, or with 'hangs' when that takes longer than `withinMs`. */
export async function orHangs<T>(work: Promise<T>, withinMs: number): Promise<T | 'hangs'> {
  const clock = new AbortController();
  try {
    return await Promise.race([work, delay(withinMs, 'hangs' as const, { signal: clock.signal })]);
  } finally {
    clock.abort();
  }
}
