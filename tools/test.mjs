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
const child = spawn(process.execPath, [...args, ...options], { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('close', (code) => process.exit(code ?? 1));
