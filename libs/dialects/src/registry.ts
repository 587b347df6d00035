import type { GuidedDialect } from './dialect.js';
import { globalex } from './globalex/globalex.js';
import { voicenterGuide } from './voicenter-guide.js';
import { voicenter } from './voicenter/voicenter.js';
import { voipnow } from './voipnow/voipnow.js';

/** Every dialect, one line each. */
export const DIALECTS: readonly GuidedDialect[] = [
  { ...voicenter, guide: voicenterGuide },
  voipnow,
  globalex,
];

const byName = new Map(DIALECTS.map((dialect) => [dialect.name, dialect]));

/** Undefined for a name that no dialect has. */
export function dialectNamed(name: string): GuidedDialect | undefined {
  return byName.get(name);
}
