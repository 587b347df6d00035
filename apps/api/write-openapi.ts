/** `node dist/apps/api/write-openapi.js [file]`: writes the OpenAPI document, without any database. */
import { Module } from '@nestjs/common';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HotPool, LiveListener, SocketAsker, TenantScope } from '#db';
import { PlatformModule, createHttpApp, createLog, projectRoot, readEnv } from '#platform';
import { Ringer } from '#queues';
import { ApiModule } from './api.module.js';
import { openApiDocument, openApiText } from './docs/openapi.js';

/** In place of the database and the queue, which a description of the API does not need. */
@Module({})
class NothingBehindModule {
  static readonly dynamic = {
    module: NothingBehindModule,
    global: true,
    providers: [
      { provide: TenantScope, useValue: {} },
      { provide: HotPool, useValue: { pool: {} } },
      { provide: LiveListener, useValue: { start: () => undefined, stop: () => Promise.resolve() } },
      { provide: SocketAsker, useValue: {} },
      { provide: Ringer, useValue: {} },
    ],
    exports: [TenantScope, HotPool, LiveListener, SocketAsker, Ringer],
  };
}

@Module({})
class DocumentModule {}

/** The committed text of the document, as this build has it. */
export async function currentOpenApiText(): Promise<string> {
  const env = readEnv({ SECRET_KEYS: `none:${Buffer.alloc(32).toString('base64')}`, LOG_LEVEL: 'error' });
  const log = createLog(env.LOG_LEVEL, 'write-openapi');
  const imports = [PlatformModule.with(env, log, 'write-openapi'), NothingBehindModule.dynamic, ApiModule];
  const app = await createHttpApp({ module: DocumentModule, imports }, { env, log });
  try {
    await app.init();
    return openApiText(openApiDocument(app, ApiModule));
  } finally {
    await app.close();
  }
}

export const OPENAPI_FILE = join(projectRoot(), 'docs/openapi.json');

if (process.argv[1]?.endsWith('write-openapi.js')) {
  writeFileSync(process.argv[2] ?? OPENAPI_FILE, await currentOpenApiText());
}
