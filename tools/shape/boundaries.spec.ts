import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { projectRoot } from '#platform';

/** One import that must not be: a file, and what it imports as it would be written there. */
interface Injection {
  rule: string;
  from: string;
  to: string;
}

const INJECTIONS: Injection[] = [
  { rule: 'domain-imports-nothing', from: 'libs/domain/src/reads-files.ts', to: 'node:fs' },
  { rule: 'domain-imports-nothing', from: 'libs/domain/src/makes-ids.ts', to: 'uuid' },
  { rule: 'domain-imports-nothing', from: 'libs/domain/src/logs.ts', to: '#platform' },
  { rule: 'dialects-know-only-domain', from: 'libs/dialects/src/content/logs.ts', to: '#platform' },
  { rule: 'dialects-know-only-domain', from: 'libs/dialects/src/acme/reads-files.ts', to: 'node:fs' },
  { rule: 'tests-of-dialects-as-well', from: 'libs/dialects/src/acme/stores.spec.ts', to: '#db' },
  { rule: 'formats-know-domain-dialects-and-crms', from: 'libs/formats/src/acme/logs.ts', to: '#platform' },
  {
    rule: 'formats-know-domain-dialects-and-crms',
    from: 'libs/formats/src/acme/reads-files.ts',
    to: 'node:fs',
  },
  { rule: 'tests-of-formats-as-well', from: 'libs/formats/src/acme/stores.spec.ts', to: '#db' },
  { rule: 'only-registries-know-plugins', from: 'libs/formats/src/format.ts', to: './acme/acme.js' },
  { rule: 'plugins-are-islands', from: 'libs/formats/src/acme/copies.ts', to: '../zeta/zeta.js' },
  { rule: 'sources-know-no-store-and-no-queue', from: 'libs/sources/src/acme/stores.ts', to: '#db' },
  { rule: 'plugins-are-islands', from: 'libs/sources/src/acme/copies.ts', to: '../zeta/zeta.js' },
  { rule: 'pbx-knows-domain-and-platform', from: 'libs/pbx/src/acme/speaks-acme.ts', to: '#dialects' },
  { rule: 'crm-knows-only-domain', from: 'libs/crm/src/acme/sends.ts', to: '#platform' },
  { rule: 'platform-knows-only-domain', from: 'libs/platform/src/speaks-acme.ts', to: '#dialects' },
  { rule: 'sibling-libs-are-strangers', from: 'libs/db/src/rings.ts', to: '#queues' },
  { rule: 'libs-do-not-know-apps', from: 'libs/queues/src/drains.ts', to: '../../../apps/one/one.js' },
  { rule: 'apps-are-strangers', from: 'apps/two/borrows.ts', to: '../one/one.js' },
  { rule: 'product-knows-no-tests', from: 'apps/two/is-tested.ts', to: '../../test/harness.js' },
  {
    rule: 'libs-are-entered-by-their-index',
    from: 'apps/two/climbs-in.ts',
    to: '../../libs/domain/src/inside.js',
  },
  { rule: 'only-registries-know-plugins', from: 'libs/dialects/src/dialect.ts', to: './acme/acme.js' },
  { rule: 'plugins-are-islands', from: 'libs/dialects/src/acme/copies.ts', to: '../zeta/zeta.js' },
  { rule: 'plugins-are-islands', from: 'libs/dialects/src/xmlrpc/favours.ts', to: '../zeta/zeta.js' },
  { rule: 'nest-stays-at-the-edge', from: 'apps/two/handles.ts', to: '@nestjs/common' },
  { rule: 'prisma-and-pg-stay-in-db', from: 'apps/two/asks.ts', to: 'pg' },
  { rule: 'prisma-and-pg-stay-in-db', from: 'libs/queues/src/asks.ts', to: '@prisma/client' },
  { rule: 'bullmq-stays-in-queues', from: 'apps/two/queues-up.ts', to: 'bullmq' },
  { rule: 'nodemailer-stays-in-platform', from: 'apps/two/writes-mail.ts', to: 'nodemailer' },
  { rule: 'openid-stays-in-single-sign-on', from: 'apps/two/trusts.ts', to: 'openid-client' },
  { rule: 'redis-stays-in-queues', from: 'apps/two/remembers.ts', to: 'ioredis' },
  { rule: 'only-the-guard-connects', from: 'apps/two/calls.ts', to: 'undici' },
  { rule: 'only-the-guard-connects', from: 'libs/platform/src/tls/calls.ts', to: 'undici' },
  { rule: 'dev-packages-stay-in-tests', from: 'apps/two/guesses.ts', to: 'fast-check' },
  { rule: 'nobody-imports-a-test', from: 'test/borrows.ts', to: './harness.spec.js' },
  { rule: 'no-cycles', from: 'apps/two/egg.ts', to: './hen.js' },
  { rule: 'every-import-resolves', from: 'apps/two/dreams.ts', to: './nowhere.js' },
];

/** What is allowed, beside the same rules: none of these may be reported. */
const ALLOWED: Omit<Injection, 'rule'>[] = [
  { from: 'libs/domain/src/phone.ts', to: 'libphonenumber-js/max' },
  { from: 'libs/domain/src/phone.spec.ts', to: 'fast-check' },
  { from: 'libs/dialects/src/registry.ts', to: './acme/acme.js' },
  { from: 'libs/dialects/src/facades.ts', to: './acme/acme.js' },
  { from: 'libs/dialects/src/acme/reads.ts', to: '../content/content.js' },
  { from: 'libs/dialects/src/acme/reads.spec.ts', to: 'node:fs' },
  { from: 'libs/formats/src/registry.ts', to: './acme/acme.js' },
  { from: 'libs/formats/src/acme/writes.ts', to: '#dialects' },
  { from: 'libs/sources/src/acme/asks.ts', to: '#platform' },
  { from: 'libs/db/src/store.ts', to: 'pg' },
  { from: 'libs/queues/src/ring.ts', to: 'bullmq' },
  { from: 'libs/platform/src/http/sends.ts', to: 'undici' },
  { from: 'libs/platform/src/post.ts', to: 'nodemailer' },
  { from: 'apps/standalone/whole.ts', to: '../one/one.js' },
  { from: 'apps/two/two.module.ts', to: '@nestjs/common' },
  { from: 'apps/two/main.ts', to: '#db' },
];

const BYSTANDERS = [
  ...['domain', 'dialects', 'formats', 'sources', 'pbx', 'platform', 'queues', 'db'].map(
    (lib) => `libs/${lib}/src/index.ts`,
  ),
  'libs/domain/src/inside.ts',
  'libs/dialects/src/acme/acme.ts',
  'libs/dialects/src/zeta/zeta.ts',
  'libs/dialects/src/content/content.ts',
  'libs/formats/src/acme/acme.ts',
  'libs/formats/src/zeta/zeta.ts',
  'libs/sources/src/zeta/zeta.ts',
  'apps/one/one.ts',
  'test/harness.ts',
  'test/harness.spec.ts',
];

const PACKAGES = [
  'uuid',
  'pg',
  'bullmq',
  'ioredis',
  'undici',
  'nodemailer',
  'openid-client',
  'fast-check',
  'libphonenumber-js',
  '@nestjs/common',
  '@prisma/client',
];

const root = projectRoot();
let tree: string;
/** `from`'s own path, and the names of the rules that its imports break. */
let broken: Map<string, string[]>;
let names: string[];

beforeAll(async () => {
  tree = mkdtempSync(join(tmpdir(), 'switchhook-shape-'));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  };
  for (const file of ['package.json', 'tsconfig.json']) copyFileSync(join(root, file), join(tree, file));
  for (const name of PACKAGES) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }));
    write(`node_modules/${name}/index.js`, 'export {};\n');
  }
  write('node_modules/libphonenumber-js/max/index.js', 'export {};\n');
  for (const path of BYSTANDERS) write(path, 'export const thing = 1;\n');
  // Type-only, because that is how a boundary is crossed first.
  for (const { from, to } of [...INJECTIONS, ...ALLOWED]) write(from, `export type * from '${to}';\n`);
  // The other half of the cycle, which is told of once.
  write('apps/two/hen.ts', "export type * from './egg.js';\n");

  const config = join(root, '.dependency-cruiser.mjs');
  const rules = (await import(config)) as { default: { forbidden: { name: string }[] } };
  names = rules.default.forbidden.map(({ name }) => name);
  broken = await cruise(config);
}, 30_000);

afterAll(() => {
  rmSync(tree, { recursive: true, force: true });
});

async function cruise(config: string): Promise<Map<string, string[]>> {
  const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [program, '--config', relative(tree, config), '--output-type', 'json', 'apps', 'libs', 'test'];
  const output = await new Promise<string>((resolve, reject) => {
    execFile(process.execPath, args, { cwd: tree, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      if (stdout === '') reject(error ?? new Error(stderr));
      else resolve(stdout);
    });
  });
  const { summary } = JSON.parse(output) as {
    summary: { violations: { from: string; rule: { name: string } }[] };
  };
  const found = new Map<string, string[]>();
  for (const { from, rule } of summary.violations) found.set(from, [...(found.get(from) ?? []), rule.name]);
  return found;
}

describe('the boundaries', () => {
  it.each(INJECTIONS)('$rule: $from may not import $to', ({ rule, from }) => {
    expect(broken.get(from)).toEqual([rule]);
  });

  it.each(ALLOWED)('$from may import $to', ({ from }) => {
    expect(broken.get(from)).toBeUndefined();
  });

  it('has an injection for every rule, and a rule for every injection', () => {
    expect([...new Set(INJECTIONS.map(({ rule }) => rule))].sort()).toEqual([...names].sort());
  });

  it('reports nothing but what was injected', () => {
    const injected = new Set(INJECTIONS.map(({ from }) => from));
    expect([...broken.keys()].filter((from) => !injected.has(from))).toEqual([]);
  });
});
