// Makes a few files of what the tests of a whole system import: the libraries, and what they ask of the programs. Jest gives
// each test file a world of its own and loads every module in it anew, and the API alone would be two thousand of them.
// Code that is in two of these files is in a file that both import, so there is one of each class and each token.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { COMMONJS, FILES, MAIN_FIELDS, NOT_INSTALLED } from './how-to-bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path) => (existsSync(root + path) ? readFileSync(root + path, 'utf8') : '');

/** Where jest.config.mjs looks for them. */
const OUT = 'dist/for-tests';
const MARK = 'node_modules/.switchhook/for-tests';

/** Tests import them as well, and they must be the same, or are what other packages of the tests ask for. */
const OF_THE_TESTS = ['pg', 'ioredis', 'ws', 'undici', 'pino'];

const BESIDE_LIBRARIES = /from '(?:\.\.\/)+((?:apps|bench)\/[^']+)\.js'/g;

/** @returns of dist, without `.js`: what the tests import */
function entries() {
  const libraries = readdirSync(`${root}libs`).map((name) => `libs/${name}/src/index`);
  const others = readdirSync(`${root}test`, { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => [...read(`test/${name}`).matchAll(BESIDE_LIBRARIES)].map(([, path]) => path));
  return [...new Set([...libraries, ...others])].sort();
}

/** Does nothing when they are as the build is. */
export async function bundleForTests() {
  const wanted = entries();
  const made = [read('node_modules/.switchhook/build'), read('tools/bundle-for-tests.mjs'), ...wanted];
  const digest = createHash('sha256').update(made.join('\n')).digest('hex');
  if (read(MARK) === digest && existsSync(root + OUT)) return;
  rmSync(root + OUT, { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: [
      ...wanted.map((path) => ({ in: `dist/${path}.js`, out: path })),
      { in: 'node_modules/@nestjs/common/index.js', out: 'nestjs-common' },
    ],
    outdir: OUT,
    chunkNames: 'shared/[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // What is built calls the libraries by the names of package.json; tsconfig.json's are those of the sources.
    tsconfigRaw: {},
    mainFields: MAIN_FIELDS,
    external: [...FILES, ...NOT_INSTALLED, ...OF_THE_TESTS],
    keepNames: true,
    banner: { js: COMMONJS },
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  });
  mkdirSync(`${root}node_modules/.switchhook`, { recursive: true });
  rmSync(root + MARK, { force: true });
  writeFileSync(root + MARK, digest);
}
