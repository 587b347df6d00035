/** The console's own tests, which another runner runs, and how large its build may be. */
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from '@jest/globals';
import { projectRoot } from '#platform';

const KB = 1_000;
const FIRST_SCREEN = { scripts: 200 * KB, styles: 40 * KB };
const OTHER_CHUNK = 60 * KB;
const FLOW_EDITOR = 90 * KB;
const FOLDER = join(projectRoot(), 'apps/console');
const BUILD = join(projectRoot(), 'dist/console');

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
  css?: string[];
}

/** Folders of `src` that do one thing for all features, and know none. */
const SHARED = [
  'api',
  'app',
  'charts',
  'icons',
  'import',
  'json',
  'list',
  'live',
  'page',
  'qr',
  'reasons',
  'resend',
  'texts',
  'timeline',
  'web-phone',
];
/** Where features are brought together: the router, and what is around the screens of a portal. */
const COMPOSING = ['app/router.tsx', 'app/root-route.tsx'];

/** Files of the console, with the folders of ours that each imports from. */
function imports(): { file: string; folder: string; from: string[] }[] {
  const src = join(FOLDER, 'src');
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
    (file) => /\.tsx?$/.test(file) && file.includes('/'),
  );
  return files.map((file) => {
    const text = readFileSync(join(src, file), 'utf8');
    const paths = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map(([, path = '']) =>
      relative(src, join(src, dirname(file), path)),
    );
    const folder = file.split('/')[0] ?? '';
    return {
      file,
      folder,
      from: paths.map((path) => path.split('/')[0] ?? '').filter((one) => one !== folder),
    };
  });
}

it('has features that import what is shared, and never each other', () => {
  const crossing = imports()
    .filter(({ folder }) => !SHARED.includes(folder))
    .flatMap(({ file, from }) =>
      from.filter((one) => !SHARED.includes(one)).map((one) => `${file} -> ${one}`),
    );
  expect(crossing).toEqual([]);
});

it('has shared folders that know no feature', () => {
  const knowing = imports()
    .filter(({ file, folder }) => SHARED.includes(folder) && !COMPOSING.includes(file))
    .flatMap(({ file, from }) =>
      from.filter((one) => !SHARED.includes(one)).map((one) => `${file} -> ${one}`),
    );
  expect(knowing).toEqual([]);
});

const packed = (file: string): number => gzipSync(readFileSync(join(BUILD, file)), { level: 9 }).length;
const sum = (files: Iterable<string>): number => [...files].reduce((total, file) => total + packed(file), 0);

it('passes its own tests', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--config', 'vite.config.mjs', '--reporter', 'dot'],
    { cwd: FOLDER, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'test' } },
  );
  expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
}, 180_000);

it('shows its first screen, the list of calls, after 200 kB of scripts and 40 kB of styles', () => {
  const manifest = JSON.parse(readFileSync(join(BUILD, 'manifest.json'), 'utf8')) as Record<string, Chunk>;
  const scripts = new Set<string>();
  const styles = new Set<string>();
  const take = (name: string): void => {
    const chunk = manifest[name];
    if (chunk === undefined || scripts.has(chunk.file)) return;
    scripts.add(chunk.file);
    for (const file of chunk.css ?? []) styles.add(file);
    for (const other of chunk.imports ?? []) take(other);
  };
  take('index.html');
  take('src/calls/calls-page.tsx');
  expect(scripts.size).toBeGreaterThan(1);
  expect(sum(scripts)).toBeLessThanOrEqual(FIRST_SCREEN.scripts);
  expect(sum(styles)).toBeLessThanOrEqual(FIRST_SCREEN.styles);
  for (const name of readdirSync(join(BUILD, 'assets')).filter((file) => file.endsWith('.js'))) {
    const file = `assets/${name}`;
    if (!scripts.has(file))
      expect({
        file,
        large: packed(file) > (name.startsWith('flow-canvas') ? FLOW_EDITOR : OTHER_CHUNK),
      }).toEqual({ file, large: false });
  }
});
