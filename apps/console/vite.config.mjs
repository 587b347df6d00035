import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compressAssets } from './tools/compress-assets.mjs';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  resolve: {
    alias: { '#flows': fileURLToPath(new URL('../../libs/domain/src/flows.ts', import.meta.url)) },
  },
  plugins: [react(), compressAssets()],
  // The server puts a new one in its place with each answer.
  html: { cspNonce: '%NONCE%' },
  build: {
    outDir: '../../dist/console',
    emptyOutDir: true,
    manifest: 'manifest.json',
    // A page whose policy allows no data: script has none inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // The bundler would make a file for each set of screens that share a module: dozens for the first one. What is there
            // before any screen is one file, and so is what the list of calls needs beside it, which other lists need too.
            { name: 'base', tags: ['$initial'], priority: 2 },
            { name: 'list', test: /[\\/]calls-page\./, priority: 1 },
          ],
        },
      },
    },
  },
  test: {
    environment: 'jsdom',
    // Each file takes what it put into the page away again: one page for all is ten times as fast.
    isolate: false,
    pool: 'threads',
    include: ['src/**/*.test.{ts,tsx}'],
    setupFiles: ['src/test-setup.ts'],
  },
});
