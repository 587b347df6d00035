import { Module, type DynamicModule } from '@nestjs/common';
import type { ApiKeyId, TenantId } from '#domain';
import { DbModule, TenantScopeModule } from '#db';
import { hashToken, newId, newToken, readEnv, startProcess, type Log } from '#platform';
import { Ringer } from '#queues';
import { ApiModule, ensureFirstStart, prepareApi } from '../../apps/api/api.module.js';
import { SECRET_KEYS, makeTenant } from './tenant.js';
import { openWorld, type Sql, type World } from './world.js';

export interface Answer {
  status: number;
  headers: Headers;
  /** Parsed, when it is JSON. */
  body: Json;
  text: string;
}
/** What came of JSON: tests look into it without ceremony. */
export interface Json {
  data: Json[];
  nextCursor: string | null;
  [member: string]: unknown;
}

/** Makes requests with one key. */
export class ApiClient {
  constructor(
    private readonly url: string,
    readonly key: string,
    private readonly headers: Record<string, string> = {},
  ) {}

  /** The same key with further headers. */
  with(headers: Record<string, string>): ApiClient {
    return new ApiClient(this.url, this.key, { ...this.headers, ...headers });
  }

  get(path: string): Promise<Answer> {
    return this.send('GET', path);
  }

  post(path: string, body?: unknown): Promise<Answer> {
    return this.send('POST', path, body);
  }

  patch(path: string, body: unknown): Promise<Answer> {
    return this.send('PATCH', path, body);
  }

  put(path: string, body: unknown): Promise<Answer> {
    return this.send('PUT', path, body);
  }

  delete(path: string): Promise<Answer> {
    return this.send('DELETE', path);
  }

  /** With any method. @param body  sent as it is when it is text */
  ask(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.send(method, path, body);
  }

  private async send(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      // Where somebody is sent is an answer too.
      redirect: 'manual',
      headers: {
        ...(this.key === '' ? {} : { authorization: `Bearer ${this.key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...this.headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = text !== '' && /\bjson\b/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (isJson ? JSON.parse(text) : {}) as Json,
    };
  }
}

export interface TestTenant {
  id: TenantId;
  client: ApiClient;
}

/** The API on a database of its own, without workers: rings are only written down. */
export interface TestApi {
  world: World;
  sql: Sql;
  url: string;
  operator: ApiClient;
  /** Path and fragment of the first start's link. */
  setupPath: string;
  rings: { kind: string; id: string }[];
  tenant(name?: string): Promise<TestTenant>;
  /** A client with a new key of a tenant, or of the operator. */
  client(tenant: TenantId | null, scopes: string[]): Promise<ApiClient>;
  close(): Promise<void>;
}

/**
 * @param more  modules beside the API's own, such as one with drivers of a test
 * @param log  for tests that read it
 */
export async function openApi(
  settings: Record<string, string> = {},
  more: readonly DynamicModule[] = [],
  log?: Log,
): Promise<TestApi> {
  const world = await openWorld();
  const rings: TestApi['rings'] = [];
  const ring = (kind: string, ids: Iterable<string>) => {
    for (const id of ids) rings.push({ kind, id });
  };
  const ringModule = {
    module: RingModule,
    global: true,
    providers: [{ provide: Ringer, useValue: { ring } }],
    exports: [Ringer],
  };
  const env = readEnv({
    HOST: '127.0.0.1',
    PORT: '0',
    SECRET_KEYS,
    PUBLIC_URL: 'https://hook.example',
    DATABASE_POOL: '4',
    ...settings,
  });
  const imports = [
    DbModule.with(world.url),
    TenantScopeModule.with(world.url),
    ringModule,
    ...more,
    ApiModule,
  ];
  const running = await startProcess('api', env, { imports, prepare: prepareApi }, log ?? world.log);
  const url = running.url.replace('localhost', '127.0.0.1');
  const first = await ensureFirstStart(running.app);
  const client = async (tenant: TenantId | null, scopes: string[]) =>
    new ApiClient(url, await makeKey(world.sql, tenant, scopes));
  return {
    world,
    sql: world.sql,
    url,
    operator: new ApiClient(url, first?.operatorKey ?? ''),
    setupPath: first?.setupPath ?? '',
    rings,
    client,
    tenant: async (name = 'Acme') => {
      const id = await makeTenant(world.sql, name);
      return { id, client: await client(id, ['admin']) };
    },
    close: async () => {
      await running.close();
      await world.close();
    },
  };
}

@Module({})
class RingModule {}

async function makeKey(sql: Sql, tenant: TenantId | null, scopes: string[]): Promise<string> {
  const key = newToken('sk');
  await sql.rows(
    `INSERT INTO api_key (id, tenant_id, name, hash, prefix, scopes, created_at) VALUES ($1, $2, 'test', $3, $4, $5, now())`,
    [newId<ApiKeyId>(), tenant, hashToken(key), key.slice(0, 9), scopes],
  );
  return key;
}
