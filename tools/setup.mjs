// Makes a fresh clone runnable: packages, the generated Prisma client, the build. Does only what is missing or out of
// date, says what it does, and needs nothing but Node and npm. Runs before `npm run demo`, `npm start` and `npm test`.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const LEAST_NODE = [20, 19];
const SOURCES = ['apps', 'libs', 'bench'];
/** A program for browsers, with packages and a build of its own. */
const CONSOLE = 'apps/console';
/** What the console is made of, beside its packages: its own files, and what of the domain runs in the page. */
const CONSOLE_SOURCES = [
  ...['src', 'tools', 'index.html', 'vite.config.mjs', 'web-phone.config.mjs'].map(
    (name) => `${CONSOLE}/${name}`,
  ),
  ...['flows.ts', 'ids.ts', 'document', 'ivr', 'time'].map((name) => `libs/domain/src/${name}`),
];
/** The programs have packages in them, so another package is another build. */
const BUILT_BY = ['.swcrc', 'tools/bundle.mjs', 'tools/how-to-bundle.mjs', 'package-lock.json'];
const force = process.argv.includes('--build');

function fail(sentence) {
  process.stderr.write(`switchhook: ${sentence}\n`);
  process.exit(1);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const old = major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1]);
  if (old) fail(`Node ${process.versions.node} is too old: install Node ${LEAST_NODE.join('.')} or newer.`);
}

/** The program of the step that is under way. */
let underWay;
let interrupted;
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted = signal;
    if (underWay) underWay.kill(signal);
    else endAs(signal);
  });
}

/** Ends as the signal would have ended us, so that npm does not go on with what we were to prepare. */
function endAs(signal) {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/** One line with a growing clock on a terminal, one line a step elsewhere. */
async function step(title, command, args) {
  const startedAt = Date.now();
  const seconds = () => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
  const live = process.stderr.isTTY;
  if (!live) process.stderr.write(`switchhook: ${title} ...\n`);
  const tick = live
    ? setInterval(() => process.stderr.write(`\r\x1b[Kswitchhook: ${title} ... ${seconds()}`), 200)
    : undefined;
  const child = spawn(command, args, {
    cwd: root,
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  underWay = child;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const code = await new Promise((resolve) => {
    child.on('error', (error) => {
      output += error.message;
      resolve(1);
    });
    child.on('close', resolve);
  });
  underWay = undefined;
  clearInterval(tick);
  if (interrupted) {
    endAs(interrupted);
    await new Promise(() => setInterval(() => undefined, 1_000));
  }
  process.stderr.write(live ? `\r\x1b[Kswitchhook: ${title}, done in ${seconds()}\n` : '');
  if (code !== 0) fail(`${title} failed:\n${output.trim().split('\n').slice(-30).join('\n')}`);
}

const read = (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : undefined);
const digest = (text) => createHash('sha256').update(text).digest('hex');
const mark = (name) => `node_modules/.switchhook/${name}`;
function remember(name, value) {
  mkdirSync(join(root, 'node_modules/.switchhook'), { recursive: true });
  // A new file: whoever copies a clone by links has marks of his own from then on.
  rmSync(join(root, mark(name)), { force: true });
  writeFileSync(join(root, mark(name)), value);
}

/** @param folder  with a package.json, of the root @param name  of what is remembered of it */
async function packages(folder, name, title) {
  const lock = join(folder, 'package-lock.json');
  const wanted = digest(read(lock));
  if (read(mark(name)) === wanted && existsSync(join(root, folder, 'node_modules'))) return;
  // Somebody ran `npm ci` by hand: npm's own record of what it installed is as new as the lock file.
  const record = join(folder, 'node_modules/.package-lock.json');
  const byHand = existsSync(join(root, record)) && newest([record]) >= newest([lock]);
  // No install scripts: nothing here needs one, and some of them would download.
  const args = ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'];
  if (!byHand) await step(title, 'npm', args);
  remember(name, wanted);
}

async function client() {
  const wanted = digest(read('prisma/schema.prisma') + read('package-lock.json'));
  if (read(mark('client')) === wanted && existsSync(join(root, 'libs/db/src/generated/client.ts'))) return;
  await step('generating the database client', process.execPath, ['tools/prisma-generate.mjs']);
  remember('client', wanted);
}

function* filesBelow(path) {
  const full = join(root, path);
  if (!existsSync(full)) return;
  if (!statSync(full).isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(full).sort()) {
    const below = `${path}/${name}`;
    // Its packages are twenty thousand files, and none of it is built with the rest.
    if (below !== CONSOLE) yield* filesBelow(below);
  }
}

function newest(paths) {
  let time = 0;
  for (const path of paths)
    for (const file of filesBelow(path)) time = Math.max(time, statSync(join(root, file)).mtimeMs);
  return time;
}

const stampOf = (files) => files.map((file) => `${file}:${statSync(join(root, file)).mtimeMs}`).join('\n');

async function build() {
  const files = SOURCES.flatMap((path) => [...filesBelow(path)]).filter((file) => !file.endsWith('.spec.ts'));
  const wanted = digest([stampOf(files), ...BUILT_BY.map(read)].join('\n'));
  if (!force && read(mark('build')) === wanted && existsSync(join(root, 'dist/apps'))) return;
  for (const path of SOURCES) rmSync(join(root, 'dist', path), { recursive: true, force: true });
  const args = [
    'node_modules/@swc/cli/bin/swc.js',
    ...SOURCES,
    '-d',
    'dist',
    '--ignore',
    `**/*.spec.ts,${CONSOLE}/**`,
    '-q',
  ];
  await step('building', process.execPath, args);
  await step('making one file of each program', process.execPath, ['tools/bundle.mjs']);
  remember('build', wanted);
}

/** @param config  a file in the console's folder */
async function viteBuild(title, config) {
  const args = [`${CONSOLE}/node_modules/vite/bin/vite.js`, 'build', '--config', `${CONSOLE}/${config}`];
  await step(title, process.execPath, [...args, '--logLevel', 'warn']);
}

async function page() {
  if (!existsSync(join(root, CONSOLE, 'package.json'))) return;
  await packages(CONSOLE, 'console-packages', "installing the console's packages (npm ci)");
  const files = CONSOLE_SOURCES.flatMap((path) => [...filesBelow(path)]).filter(
    (file) => !/\.test\.tsx?$/.test(file),
  );
  const wanted = digest([stampOf(files), read(`${CONSOLE}/package-lock.json`)].join('\n'));
  const isBuilt = ['dist/console', 'dist/web-phone'].every((folder) => existsSync(join(root, folder)));
  if (!force && read(mark('console')) === wanted && isBuilt) return;
  await viteBuild('building the console', 'vite.config.mjs');
  await viteBuild('building the web phone', 'web-phone.config.mjs');
  remember('console', wanted);
}

checkNode();
await packages('.', 'packages', 'installing packages (npm ci)');
await client();
await build();
await page();
