import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};
/** How the build packs what it makes, by the word that browsers have for it; the better way first. */
const PACKINGS = { br: '.br', gzip: '.gz' } as const;
export type Packing = keyof typeof PACKINGS;

/** Files, which are read when they are asked for: a browser asks for each of them once. */
export interface ConsoleAsset {
  type: string;
  plain: string;
  packed: readonly { packing: Packing; file: string }[];
}

/** The console as the build left it: a page, and what the page loads. */
export interface ConsoleFiles {
  /** Has `%NONCE%` wherever a nonce belongs. */
  page: string;
  /** By name: it has a hash in it, so that a name always means the same bytes. */
  assets: ReadonlyMap<string, ConsoleAsset>;
}

/** @param folder  where the build put it @returns undefined when it is not built */
export function readConsole(folder: string): ConsoleFiles | undefined {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return undefined;
  const below = join(folder, 'assets');
  const names = new Set(readdirSync(below));
  const assets = new Map<string, ConsoleAsset>();
  for (const name of names) {
    const type = TYPES[extname(name)];
    if (type === undefined) continue;
    const packed = (Object.entries(PACKINGS) as [Packing, string][])
      .filter(([, ending]) => names.has(name + ending))
      .map(([packing, ending]) => ({ packing, file: join(below, name + ending) }));
    assets.set(name, { type, plain: join(below, name), packed });
  }
  return { page: readFileSync(page, 'utf8'), assets };
}
