import { findAsterisk, type AsteriskProgram } from '../../../apps/simulator/index.js';

/** The Asterisk of this machine, or of `ASTERISK_ROOT`. Undefined where there is none, which is said aloud. */
export async function testAsterisk(): Promise<AsteriskProgram | undefined> {
  const found = await findAsterisk(process.env['ASTERISK_ROOT']);
  if (!('missing' in found)) return found;
  process.stderr.write(`\n*** SKIPPED: nothing is tested against a real Asterisk: ${found.missing}. ***\n\n`);
  return undefined;
}
