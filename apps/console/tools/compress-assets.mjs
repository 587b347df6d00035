import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const TEXT = /\.(js|css|svg|map)$/;
/** What is smaller than a packet gains nothing. */
const LEAST_BYTES = 1_000;

/** A plugin of Vite that puts a packed copy of each asset, by brotli and by gzip, beside it: nobody packs when it is asked for. */
export function compressAssets() {
  let folder;
  return {
    name: 'compress-assets',
    apply: 'build',
    configResolved({ root, build }) {
      folder = join(root, build.outDir, build.assetsDir);
    },
    closeBundle() {
      for (const name of readdirSync(folder)) {
        const bytes = readFileSync(join(folder, name));
        if (!TEXT.test(name) || bytes.length < LEAST_BYTES) continue;
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes, quality));
        writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      }
    },
  };
}
