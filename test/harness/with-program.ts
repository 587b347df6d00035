import { spawnSync } from 'node:child_process';
import { it } from '@jest/globals';

const found = new Map<string, boolean>();

/** Whether a program of another maker is there to judge what we write. Where CI runs, it has to be. */
export function hasProgram(program: string): boolean {
  const known = found.get(program) ?? spawnSync(program, ['--version']).status === 0;
  found.set(program, known);
  if (!known && process.env['CI'] !== undefined) throw new Error(`${program} is not installed`);
  return known;
}

/** On a developer's machine a missing program is told and passed over. */
export function withProgram(program: string): typeof it | typeof it.skip {
  if (hasProgram(program)) return it;
  process.stderr.write(`SKIPPED: ${program} is not installed, so its tests cannot run.\n`);
  return it.skip;
}
