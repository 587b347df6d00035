import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { projectRoot } from '#platform';

const read = (file: string): string => readFileSync(join(projectRoot(), file), 'utf8');
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
const programs = Object.entries(scripts).filter(([, line]) => /\bnode\b/.test(line));

describe('the scripts of package.json', () => {
  it.each(programs)('%s is its program, and not a shell that a signal would end instead', (_, line) => {
    expect(line).toMatch(/^exec node [^;&|]+$/);
  });

  it('can be run where there is no exec: cmd.exe finds one in the folder', () => {
    expect(read('exec.cmd')).toBe('@%*\n');
  });
});
