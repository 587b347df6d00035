// The phone that pages of others load: one script, without a module around it, under the name that they know.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  build: {
    outDir: '../../dist/web-phone',
    emptyOutDir: true,
    target: 'es2020',
    copyPublicDir: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: fileURLToPath(new URL('src/web-phone/main.ts', import.meta.url)),
      output: { format: 'iife', entryFileNames: 'voicenterWebPhone-min.js' },
    },
  },
});
