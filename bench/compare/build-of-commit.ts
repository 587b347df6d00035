/** Builds another commit of this repository beside it, to be measured in turns with this checkout. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { projectRoot } from '#platform';
import type { Build } from '../stage/build.js';

const SHORT_SHA = 10;

/**
 * Takes the files of a commit, installs its packages and builds it, all with its own set-up. A build stays in the folder for
 * temporary files and is used again.
 *
 * @param ref  anything that git can name a commit by
 * @throws Error with what the failing program said
 */
export async function buildOfCommit(ref: string, say: (line: string) => void): Promise<Build> {
  const sha = (await output('git', ['rev-parse', '--verify', `${ref}^{commit}`], projectRoot())).trim();
  const root = join(tmpdir(), `switchhook-builds-${String(userInfo().uid)}`, sha.slice(0, SHORT_SHA));
  const build = { name: ref, root };
  if (existsSync(root)) {
    say(`${ref} was built before, in ${root}`);
    return build;
  }
  const half = `${root}.half`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { recursive: true });
  say(`building ${ref} in ${root}`);
  const archive = join(dirname(root), `${sha}.tar`);
  await output('git', ['archive', '--format=tar', `--output=${archive}`, sha], projectRoot());
  await output('tar', ['-xf', archive, '-C', half], projectRoot());
  await rm(archive);
  await output(process.execPath, ['tools/setup.mjs'], half);
  // Only a whole build has the name that is looked for.
  await rename(half, root);
  return build;
}

/** @returns the short name of the commit that is checked out in a folder, with a mark where files differ from it */
export async function commitOf(root: string): Promise<string> {
  return (await output('git', ['describe', '--always', '--dirty', '--exclude=*'], root)).trim();
}

async function output(command: string, args: readonly string[], cwd: string): Promise<string> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code === 0) return text;
  throw new Error(
    `${command} ${args.join(' ')} failed: ${complaint.trim().split('\n').slice(-5).join('\n')}`,
  );
}
