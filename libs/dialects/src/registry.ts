import { asterisk } from './asterisk/asterisk.js';
import type { Dialect, DialectSettings } from './dialect.js';
import { generic } from './generic/generic.js';
import { globalex } from './globalex/globalex.js';
import { voicenter } from './voicenter/voicenter.js';
import { voipnow } from './voipnow/voipnow.js';

/** Every dialect, one line each. */
export const DIALECTS: readonly Dialect[] = [voicenter, voipnow, globalex, asterisk, generic];

const byName = new Map(DIALECTS.map((dialect) => [dialect.name, dialect]));

/** Undefined for a name that no dialect has. */
export function dialectNamed(name: string): Dialect | undefined {
  return byName.get(name);
}

/** A dialect as it is for a connection with these settings; undefined for a name that no dialect has. */
export function dialectFor(name: string, settings: DialectSettings): Dialect | undefined {
  const dialect = byName.get(name);
  return dialect?.forSettings === undefined ? dialect : { ...dialect, ...dialect.forSettings(settings) };
}
