// Makes one file of each program of the product: what it uses of our code and of its packages. Node takes about half a
// millisecond for every module that it loads, and a program would load two thousand, most of them for nothing.
//
//   node tools/bundle.mjs    dist/apps/<app>/<program>.js, each in its place
import { build } from 'esbuild';
import { Buffer } from 'node:buffer';
import { readFile, writeFile } from 'node:fs/promises';
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

/** Node reads a program's map whenever it starts it, so ours tells of our own code alone. */
const mapOfOurCode = {
  name: 'map-of-our-code',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]node_modules[\\/].*\.[cm]?js$/ }, async ({ path }) => ({
      contents: `${await readFile(path, 'utf8')}\n//# sourceMappingURL=data:application/json;base64,${NOWHERE}`,
      loader: 'js',
    }));
  },
};

/**
 * esbuild names each function anew whenever one is made, by Object.defineProperty: a microsecond for each closure of a hot path.
 * Classes need it, where bundling gave them another name; functions that are no constructors have no name that anybody asks for.
 */
const NAMES_ALL = /^var __name = \((\w+), value\) => (__defProp\(.*\));$/m;

async function nameClassesOnly(path) {
  const text = await readFile(path, 'utf8');
  const [line, target, define] = NAMES_ALL.exec(text) ?? [];
  // A program of one small module has none.
  if (line === undefined && !text.includes('__name')) return;
  if (line === undefined) throw new Error(`${path}: esbuild writes __name in another way now.`);
  const names = `${target}.prototype === void 0 || ${target}.name === value ? ${target} : ${define}`;
  await writeFile(
    path,
    text.replace(line, () => `var __name = (${target}, value) => ${names};`),
  );
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
  banner: { js: COMMONJS },
  sourcemap: true,
  sourcesContent: false,
  plugins: [mapOfOurCode],
  logLevel: 'warning',
});

for (const program of PROGRAMS) await nameClassesOnly(`${root}dist/apps/${program}.js`);
