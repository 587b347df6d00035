// Everything about this repository that a program can judge without running the tests. `npm run check` runs all of it, two
// at a time, also after a failure; `--json` tells the result to a program.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const MOST_LINES = 80;
const HELP = `npm run check [-- --json]

Formatting, types, lint, boundaries, generated files, the schema, the lock file, machine paths. Needs no network and no
services. Exits with 1 when any of them fails.
`;

const read = (file) => (existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '');

const passed = (detail = '') => ({ state: 'passed', detail });
const failed = (detail) => ({ state: 'failed', detail });
const skipped = (detail) => ({ state: 'skipped', detail });

/** A check that is a program of its own: it passes when the program does. */
const program =
  (...args) =>
  () =>
    new Promise((resolve) => {
      const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
      child.on('error', (error) => resolve(failed(error.message)));
      child.on('close', (code) => resolve(code === 0 ? passed() : failed(output.trim())));
    });

const CHECKS = [
  // First what takes longest, with the others beside it.
  ['lint', program('node_modules/eslint/bin/eslint.js', '--max-warnings', '0', '.')],
  ['formatting', program('node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.')],
  ['types', program('node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--noEmit')],
  ['types of the console', program('node_modules/typescript/bin/tsc', '-p', 'apps/console/tsconfig.json')],
  ["the console's operations", program('apps/console/tools/write-operations.mjs', '--check')],
  [
    'boundaries',
    program(
      'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
      ...'apps libs bench test tools'.split(' '),
    ),
  ],
  ['.env.example', program('tools/env-example.mjs', '--check')],
  ['docs/openapi.json', openApi],
  ['lint of docs/openapi.json', program('tools/openapi-lint.mjs')],
  ['schema drift', schemaDrift],
  ['package-lock.json', lockFile],
  ['machine paths', machinePaths],
];

/** The document that this build would write, against the one that is committed, and against OpenAPI's own schema. */
async function openApi() {
  if (!existsSync(join(root, 'apps/api/write-openapi.ts'))) {
    return skipped('THE API DESCRIPTION WAS NOT CHECKED: apps/api has no write-openapi.ts yet');
  }
  const folder = mkdtempSync(join(tmpdir(), 'switchhook-openapi-'));
  try {
    const file = join(folder, 'openapi.json');
    const written = await program('dist/apps/api/write-openapi.js', file)();
    if (written.state !== 'passed') return written;
    const text = readFileSync(file, 'utf8');
    if (text !== read('docs/openapi.json')) return failed('It is not current: `npm run openapi` writes it.');
    const { Validator } = await import('@seriousme/openapi-schema-validator');
    const { valid, errors } = await new Validator().validate(JSON.parse(text));
    return valid ? passed() : failed(`It is no valid OpenAPI document:\n${JSON.stringify(errors, null, 2)}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Migrates an empty database of its own and asks Prisma's engine what is missing to schema.prisma. */
async function schemaDrift() {
  const { EmbeddedServer, migrate, schemaDrift: drift } = await import('../dist/libs/db/src/index.js');
  const folder = mkdtempSync(join(tmpdir(), 'switchhook-check-'));
  // The server's user must get in.
  chmodSync(folder, 0o755);
  let server;
  try {
    server = await EmbeddedServer.start({ dataDir: folder });
    await server.ensureDatabase('drift');
    await migrate(server.url('drift'));
    const script = (await drift(server.url('drift'))).trim();
    return script === '-- This is an empty migration.'
      ? passed()
      : failed(`The migrations do not make what prisma/schema.prisma says. What is missing:\n${script}`);
  } finally {
    await server?.stop();
    // The cluster is elsewhere when the folder was out of the server's reach.
    if (server) rmSync(dirname(server.clusterDir), { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The lock file must install from whatever registry npm is told to use. */
function lockFile() {
  const found = (file, pattern) =>
    read(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : []));
  const wrong = ['', 'apps/console/'].flatMap((folder) => [
    ...found(
      `${folder}package-lock.json`,
      /"resolved":|\bregistry\.|\bnpmjs\.|artifactory|verdaccio|https?:[^"]*\.tgz/i,
    ),
    ...found(`${folder}.npmrc`, /^\s*(@[^:]+:)?registry\s*=|^\s*\/\//),
  ]);
  if (wrong.length > 0) {
    return failed(
      `These tie the installation to one registry (\`npm install\` rewrites the file):\n${wrong.join('\n')}`,
    );
  }
  const missing = ['package-lock.json', 'apps/console/package-lock.json'].flatMap((file) =>
    missingVariants(JSON.parse(read(file)).packages),
  );
  return missing.length === 0
    ? passed()
    : failed(
        `\`npm ci\` will refuse this file, it lacks the packages of other platforms:\n${missing.join('\n')}`,
      );
}

/** npm leaves these out without a word when the registry lacks them, and `npm ci` stops over it on the next machine. */
function missingVariants(packages) {
  const wanted = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).map((name) => ({ path, name })),
  );
  return wanted
    .filter(
      ({ path, name }) => !packages[`${path}/node_modules/${name}`] && !packages[`node_modules/${name}`],
    )
    .map(({ path, name }) => `${name}, wanted by ${path || 'package.json'}`);
}

/** Paths of the machine that somebody happens to work on. */
function machinePaths() {
  if (!existsSync(join(root, '.git'))) return skipped('PATHS WERE NOT CHECKED: this is no git clone');
  // A clone that belongs to somebody else, as in a container, is fine to list.
  const git = spawnSync(
    'git',
    ['-c', 'safe.directory=*', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: root,
    },
  );
  if (git.status !== 0) return failed(`git cannot list the files: ${git.stderr}`);
  const files = git.stdout
    .toString()
    .split('\0')
    .filter((file) => file !== '' && existsSync(join(root, file)));
  const pattern = /(?<![\w.}/-])\/(?:work|root|home|Users)\/[\w.]/;
  const wrong = files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) =>
        pattern.test(line) ? [`${file}:${index + 1} ${line.trim().slice(0, 120)}`] : [],
      ),
  );
  return wrong.length === 0 ? passed(`${files.length} files`) : failed(wrong.join('\n'));
}

function report(name, { state, detail, seconds }) {
  const mark = { passed: 'ok  ', failed: 'FAIL', skipped: 'SKIP' }[state];
  const lines = detail.split('\n');
  const note = state === 'failed' || detail === '' ? '' : `, ${lines[0]}`;
  process.stderr.write(`check: ${mark} ${name} (${seconds.toFixed(1)} s)${note}\n`);
  if (state !== 'failed') return;
  const more = lines.length > MOST_LINES ? [`... and ${lines.length - MOST_LINES} lines more`] : [];
  process.stderr.write(
    `${[...lines.slice(0, MOST_LINES), ...more].map((line) => `    ${line}`).join('\n')}\n`,
  );
}

async function runOne([name, check]) {
  process.stderr.write(`check: ...  ${name}\n`);
  const startedAt = performance.now();
  let result;
  try {
    result = await check();
  } catch (error) {
    result = failed(error.stack ?? String(error));
  }
  const seconds = (performance.now() - startedAt) / 1000;
  report(name, { ...result, seconds });
  return { name, ...result, seconds: Number(seconds.toFixed(1)) };
}

/** Each is one process that keeps one core busy. */
const AT_ONCE = 2;

/** @returns in the order of the list, whatever was done first */
async function run() {
  const results = [];
  const left = CHECKS.entries();
  const lane = async () => {
    for (const [place, check] of left) results[place] = await runOne(check);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return results;
}

function summary(results) {
  const named = (state) => results.filter((result) => result.state === state).map(({ name }) => name);
  const part = (state) =>
    named(state).length === 0 ? '' : `; ${state.toUpperCase()}: ${named(state).join(', ')}`;
  return `check: ${named('passed').length} of ${results.length} passed${part('failed')}${part('skipped')}\n`;
}

if (process.argv.includes('--help')) {
  process.stdout.write(HELP);
} else {
  const results = await run();
  const ok = results.every(({ state }) => state !== 'failed');
  process.stderr.write(summary(results));
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify({ ok, checks: results })}\n`);
  process.exitCode = ok ? 0 : 1;
}
