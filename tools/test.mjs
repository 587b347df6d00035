// Runs the tests. `npm test` runs all three sizes; `npm test -- --small`, `--medium`, `--e2e` one of them; everything else
// is handed to Jest, e.g. `npm test -- --small fold-call` (write options as --name=value).
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const SIZES = ['small', 'medium', 'e2e'];
const given = process.argv.slice(2);
const sizes = SIZES.filter((size) => given.includes(`--${size}`));
const rest = given.filter((word) => !SIZES.includes(word.replace(/^--/, '')));

if (given.includes('--help')) {
  process.stdout.write('npm test [-- --small | --medium | --e2e] [jest options]\n');
  process.exit(0);
}

/** The program that runs. */
let child;
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'])
  process.on(signal, () => (child ? child.kill(signal) : process.exit(1)));

/** @returns its exit code */
function run(...words) {
  child = spawn(process.execPath, words, { cwd: root, stdio: 'inherit' });
  return new Promise((resolve) => {
    child.on('close', (code) => {
      child = undefined;
      resolve(code ?? 1);
    });
  });
}

// The small ones run the sources, all others what is built: of yesterday, it would pass for today's. npm has built already.
if (sizes.length !== 1 || sizes[0] !== 'small') {
  const code = await run('tools/setup.mjs');
  if (code !== 0) process.exit(code);
  // It imports packages, which may not have been there.
  const { bundleForTests } = await import('./bundle-for-tests.mjs');
  await bundleForTests();
}

const args = [
  '--experimental-vm-modules',
  '--no-warnings=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];
if (sizes.length > 0) args.push('--selectProjects', ...sizes);
// Jest would take a bare word after --selectProjects for one more project.
const patterns = rest.filter((word) => !word.startsWith('-'));
const options = rest.filter((word) => word.startsWith('-'));
if (patterns.length > 0) options.push(`--testPathPatterns=${patterns.join('|')}`);
process.exit(await run(...args, ...options));
