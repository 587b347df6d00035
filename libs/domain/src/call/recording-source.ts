/** Where the recordings of a call are, as far as the PBX told. */
import type { CallLeg } from './call.js';

/**
 * One recording at the vendor's. `told` is the address, or the mere name of a file for which the connection has a template;
 * it tells recordings of one call apart.
 */
export type RecordingSource =
  | { by: 'address'; told: string }
  | { by: 'name'; told: string; /** The PBX's server, where it tells it. */ domain: string };

/** How a connection's recordings are reached. */
export interface RecordingPolicy {
  /** They need credentials or a code: nobody outside is shown where they are. */
  guarded: boolean;
  /** Their addresses are made from the names of their files, by a template. */
  byName: boolean;
}

export const OPEN_RECORDINGS: RecordingPolicy = Object.freeze({ guarded: false, byName: false });

/** The recordings of a call or of one leg, each once, in the order in which they are shown. */
export function recordingSources(
  legs: readonly Pick<CallLeg, 'recordings' | 'raw'>[],
  { byName }: Pick<RecordingPolicy, 'byName'>,
): RecordingSource[] {
  const found = new Map<string, RecordingSource>();
  for (const leg of legs) {
    const name = byName ? namedIn(leg.raw) : undefined;
    const sources: RecordingSource[] =
      name === undefined ? leg.recordings.map(({ url }) => ({ by: 'address', told: url })) : [name];
    for (const source of sources) if (!found.has(source.told)) found.set(source.told, source);
  }
  return [...found.values()];
}

/** GlobalEx tells `record`, a file's name, and `domain` (seed 004, "Encode link for recording"). */
function namedIn(raw: Record<string, unknown>): RecordingSource | undefined {
  const told = textNamed(raw, 'record');
  return told === undefined ? undefined : { by: 'name', told, domain: textNamed(raw, 'domain') ?? '' };
}

function textNamed(raw: Record<string, unknown>, wanted: string): string | undefined {
  const name = Object.keys(raw).find((key) => key.toLowerCase() === wanted);
  const value = name === undefined ? undefined : raw[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
