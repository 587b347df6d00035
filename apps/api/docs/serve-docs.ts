import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { openApiDocument } from './openapi.js';
import { DOCS_PAGE, DOCS_POLICY, DOCS_SCRIPT } from './docs-page.js';

/** The files of Swagger UI that the page loads, and what they are. */
const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};

/**
 * Serves the documentation: a page at /docs, the OpenAPI document at /docs/json. The package's own way to serve the page
 * wants another plugin; three files do not need one.
 */
export function serveDocs(app: NestFastifyApplication, module: Type): void {
  const fastify = app.getHttpAdapter().getInstance();
  let text: string | undefined;
  fastify.get('/docs/json', (_, reply) => {
    text ??= JSON.stringify(openApiDocument(app, module));
    return reply.type('application/json; charset=utf-8').send(text);
  });
  fastify.get('/docs', (_, reply) =>
    reply.type('text/html; charset=utf-8').header('content-security-policy', DOCS_POLICY).send(DOCS_PAGE),
  );
  fastify.get('/docs/start.js', (_, reply) => reply.type('text/javascript; charset=utf-8').send(DOCS_SCRIPT));
  for (const [name, type] of Object.entries(ASSETS)) {
    fastify.get(`/docs/${name}`, async (_, reply) => {
      const bytes = await readFile(join(uiFolder(), name));
      return reply.type(type).header('cache-control', 'public, max-age=86400').send(bytes);
    });
  }
}

/** Swagger UI comes with @nestjs/swagger, and npm may put it below that package or beside it. */
function uiFolder(): string {
  const near = createRequire(createRequire(import.meta.url).resolve('@nestjs/swagger/package.json'));
  return dirname(near.resolve('swagger-ui-dist/package.json'));
}
