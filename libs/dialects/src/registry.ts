import type { Dialect } from './dialect.js';
import { globalex } from './globalex/globalex.js';
import { voicenter } from './voicenter/voicenter.js';
import { voipnow } from './voipnow/voipnow.js';

/** Every dialect, one line each. */
export const DIALECTS: readonly Dialect[] = [voicenter, voipnow, globalex];

const byName = new Map(DIALECTS.map((dialect) => [dialect.name, dialect]));

/** Undefined for a name that no dialect has. */
export function dialectNamed(name: string): Dialect | undefined {
  return byName.get(name);
}
