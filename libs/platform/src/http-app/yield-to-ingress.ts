import { setPriority } from 'node:os';

/** Nicer than normal, far from idle. */
const NICENESS = 5;

/**
 * Lets processes that somebody waits for go first when the cores are busy: a PBX waits for ingress's answer, nobody waits
 * for a worker by the millisecond. Where the system refuses, everything runs as before.
 */
export function yieldToIngress(): void {
  try {
    setPriority(NICENESS);
  } catch {
    // Some sandboxes allow no change of priority.
  }
}
