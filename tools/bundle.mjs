// Makes one file of each program of the product: what it uses of our code and of its packages. Node takes about half a
// millisecond for every module that it loads, and a program would load two thousand, most of them for nothing.
//
//   node tools/bundle.mjs    dist/apps/<app>/<program>.js, each in its place
import { build } from 'esbuild';
import { Buffer } from 'node:buffer';
import { readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMMONJS, FILES, MAIN_FIELDS, NOT_INSTALLED } from './how-to-bundle.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

const PROGRAMS = [
  'api/main',
  'ingress/main',
  'enricher/main',
  'forwarder/main',
  'popup/main',
  'dialer/main',
  'standalone/main',
  'standalone/migrate',
  'standalone/demo',
];

const NOWHERE = Buffer.from('{"version":3,"sources":[""],"mappings":"AAAA"}').toString('base64');

/**
 * Node keeps the text of a program in memory, in two bytes for each letter where a single letter needs them. esbuild escapes those of
 * strings, and leaves those of regular expressions.
 */
function inAscii(text, path) {
  // That backslash would stand before ours.
  if (/\\[^\0-\x7f]/.test(text))
    throw new Error(`${path}: a letter that is not of ASCII stands behind a backslash.`);
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Node reads a program's map whenever it starts it, so ours tells of our own code alone. */
const sources = {
  name: 'sources',
  setup({ onLoad }) {
    onLoad({ filter: /\.[cm]?[jt]s$/ }, async ({ path }) => {
      const text = inAscii(await readFile(path, 'utf8'), path);
      const ofPackage = /[\\/]node_modules[\\/]/.test(path);
      const contents = ofPackage
        ? `${text}\n//# sourceMappingURL=data:application/json;base64,${NOWHERE}`
        : text;
      return { contents, loader: path.endsWith('ts') ? 'ts' : 'js', resolveDir: dirname(path) };
    });
  },
};

const COMPILER = 'dist/apps/query-compiler.wasm';
let compilers = 0;

/** Prisma brings its compiler as a module with one text of 2 MB, which every start would read. It is a file here, read when it is used. */
const compiler = {
  name: 'compiler',
  setup({ onLoad }) {
    onLoad({ filter: /\.wasm-base64\.mjs$/ }, async ({ path }) => {
      const { wasm } = await import(path);
      await writeFile(`${root}${COMPILER}`, Buffer.from(wasm, 'base64'));
      compilers += 1;
      const contents = `import { readFileSync } from 'node:fs';
        export const wasm = readFileSync(new URL('../query-compiler.wasm', import.meta.url));`;
      return { contents, loader: 'js' };
    });
  },
};

/**
 * esbuild names each function anew whenever one is made, by Object.defineProperty: a microsecond for each closure of a hot path.
 * Classes need it, where bundling gave them another name; functions that are no constructors have no name that anybody asks for.
 */
const NAMES_ALL = /\bvar __name=\((\w+),value\)=>(__defProp\(\1,"name",\{value,configurable:true\}\));/;

function namesClassesOnly(text, path) {
  const [line, target, define] = NAMES_ALL.exec(text) ?? [];
  // A program of one small module has none.
  if (line === undefined && !text.includes('__name')) return text;
  if (line === undefined) throw new Error(`${path}: esbuild writes __name in another way now.`);
  const names = `${target}.prototype===void 0||${target}.name===value?${target}:${define}`;
  return text.replace(line, () => `var __name=(${target},value)=>${names};`);
}

async function finish(path) {
  const text = await readFile(path, 'utf8');
  if (/[^\0-\x7f]/.test(text)) throw new Error(`${path}: esbuild leaves other letters than those of ASCII.`);
  await writeFile(path, namesClassesOnly(text, path));
}

await build({
  absWorkingDir: root,
  entryPoints: PROGRAMS.map((program) => `dist/apps/${program}.js`),
  outdir: 'dist/apps',
  outbase: 'dist/apps',
  allowOverwrite: true,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  mainFields: MAIN_FIELDS,
  external: [...FILES, ...NOT_INSTALLED],
  // Nest, its log and the API's document go by the names of classes.
  keepNames: true,
  minifyWhitespace: true,
  banner: { js: COMMONJS },
  sourcemap: true,
  sourcesContent: false,
  plugins: [compiler, sources],
  logLevel: 'warning',
});

if (compilers !== 1)
  throw new Error('Prisma brings its compiler in another way now: it would be a text of each program.');
for (const program of PROGRAMS) await finish(`${root}dist/apps/${program}.js`);
