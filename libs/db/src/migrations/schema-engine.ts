import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';

type SchemaEngine = Awaited<ReturnType<typeof glue.SchemaEngine.new>>;

/** The part of the global that is used; the ES libraries of TypeScript do not declare it. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: object,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

let loaded: Promise<void> | undefined;

/** The package's own entry imports its .wasm as a module, which Node cannot do without a flag; so it is wired by hand. */
async function load(): Promise<void> {
  const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const bytes = await readFile(path.replace(/\.js$/, '.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': glue,
  });
  glue.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
}

const OID_CHAR = 18;
const OID_TEXT = 25;

interface Raw {
  performIO: (query: object) => Promise<{ fields: { dataTypeID: number }[] }>;
  queryRaw: (query: object) => Promise<{ columnTypes: number[] }>;
}

/** Introspecting constraints reads PostgreSQL's one-byte "char", for which the adapter has no word and the engine has. */
function teachChar(adapter: Raw): void {
  const performIo = adapter.performIO.bind(adapter);
  const queryRaw = adapter.queryRaw.bind(adapter);
  const charColumns = new WeakMap<object, number[]>();
  adapter.performIO = async (query) => {
    const result = await performIo(query);
    const found = result.fields.flatMap((field, column) => (field.dataTypeID === OID_CHAR ? [column] : []));
    for (const column of found) Object.assign(result.fields[column] ?? {}, { dataTypeID: OID_TEXT });
    charColumns.set(query, found);
    return result;
  };
  adapter.queryRaw = async (query) => {
    const result = await queryRaw(query);
    for (const column of charColumns.get(query) ?? []) result.columnTypes[column] = ColumnTypeEnum.Character;
    return result;
  };
}

/**
 * The adapter cuts a script at every semicolon, also inside functions and comments, and may run the pieces on several
 * connections. Sent whole, PostgreSQL itself finds the statements and a migration is applied as one transaction.
 */
class WholeScripts extends PrismaPg {
  private readonly pools = new Set<{ end: () => Promise<void> }>();

  override async connect() {
    const adapter = await super.connect();
    const pool = adapter.underlyingDriver();
    this.pools.add(pool);
    adapter.executeScript = async (script: string) => {
      await pool.query(script);
    };
    teachChar(adapter as unknown as Raw);
    return adapter;
  }

  /** The engine leaves its connections to an idle time-out; they would keep a database busy and a process alive. */
  async end(): Promise<void> {
    await Promise.all([...this.pools].map((pool) => pool.end().catch(() => undefined)));
  }
}

/**
 * Prisma's schema engine as WebAssembly: the engine behind `prisma migrate`, without its download. It keeps the
 * ordinary `_prisma_migrations` table, so `prisma migrate deploy` and this runner are interchangeable.
 *
 * @param connectionString  a role that owns the tables and may create roles
 */
export async function withSchemaEngine<T>(
  connectionString: string,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  loaded ??= load();
  await loaded;
  const scripts = new WholeScripts({ connectionString });
  const adapter = bindMigrationAwareSqlAdapterFactory(scripts);
  const engine = await glue.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
  try {
    return await use(engine);
  } finally {
    engine.free();
    await scripts.end();
  }
}

export const NO_FILTER = { externalTables: [], externalEnums: [] };
