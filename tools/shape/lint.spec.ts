import { beforeAll, describe, expect, it } from '@jest/globals';
import { ESLint } from 'eslint';
import { projectRoot } from '#platform';

/** A piece of code that must not be, where it would stand, and words of the message that says so. */
interface Offence {
  what: string;
  file: string;
  code: string;
  says: string;
}

const HANDLER = 'apps/forwarder/drain-endpoint.ts';
const DOMAIN = 'libs/domain/src/call/fold-call.ts';

const ENV = 'Settings are read once';
const PASS_ON = 'Pass `process.env` on';
const CLOCK = 'Time and chance are passed in';
const ENUM = 'A union of literals';
const BY_NAME = 'A library is imported by its name';
const CAN_PARSE = '`readUrl` of #domain';
const GUARDED = 'What goes out goes by HttpSender';

const OFFENCES: Offence[] = [
  { what: 'reads a setting', file: HANDLER, code: `process.env.PORT;`, says: ENV },
  { what: 'takes the environment apart', file: HANDLER, code: `const { env } = process; env;`, says: ENV },
  {
    what: 'imports the environment',
    file: HANDLER,
    code: `import { env } from 'node:process'; env;`,
    says: ENV,
  },
  {
    what: 'reads a setting in a main',
    file: 'apps/ingress/main.ts',
    code: `process.env['PORT'];`,
    says: ENV,
  },
  {
    what: 'reads a setting in the simulator',
    file: 'apps/simulator/main.ts',
    code: `process.env.PORT;`,
    says: ENV,
  },
  {
    what: 'reads a setting beside the env folder',
    file: 'libs/platform/src/tokens.ts',
    code: `process.env.PORT;`,
    says: ENV,
  },
  {
    what: 'reads one setting in a bench',
    file: 'bench/main.ts',
    code: `process.env['REDIS_URL'];`,
    says: PASS_ON,
  },
  {
    what: 'takes one setting in a tool',
    file: 'tools/test.mjs',
    code: `const { CI } = process.env; CI;`,
    says: PASS_ON,
  },
  { what: 'asks for the time', file: HANDLER, code: `new Date();`, says: CLOCK },
  { what: 'asks for the time as text', file: DOMAIN, code: `Date();`, says: CLOCK },
  { what: 'asks for the time as a number', file: DOMAIN, code: `Date.now();`, says: CLOCK },
  { what: 'hands the clock on by itself', file: HANDLER, code: `[1].map(Date.now);`, says: CLOCK },
  { what: 'throws dice', file: DOMAIN, code: `Math.random();`, says: CLOCK },
  { what: 'has an enum', file: 'test/harness/world.ts', code: `enum Colour { Red } Colour.Red;`, says: ENUM },
  { what: 'has an enum in a handler', file: HANDLER, code: `enum Colour { Red } Colour.Red;`, says: ENUM },
  { what: 'fetches', file: HANDLER, code: `await fetch('http://x/');`, says: GUARDED },
  {
    what: 'fetches in a main',
    file: 'apps/ingress/main.ts',
    code: `await fetch('http://x/');`,
    says: GUARDED,
  },
  { what: 'hands fetch on', file: HANDLER, code: `[''].map(globalThis.fetch);`, says: GUARDED },
  {
    what: 'makes a request by itself',
    file: HANDLER,
    code: `import { request } from 'node:https'; request('');`,
    says: GUARDED,
  },
  {
    what: 'opens a socket',
    file: 'libs/platform/src/tokens.ts',
    code: `import { connect as dial } from 'node:tls'; dial(1);`,
    says: GUARDED,
  },
  {
    what: 'imports a whole network module',
    file: HANDLER,
    code: `import net from 'node:net'; net.connect(1);`,
    says: GUARDED,
  },
  { what: 'asks whether a text is a URL', file: DOMAIN, code: `URL.canParse('');`, says: CAN_PARSE },
  {
    what: 'climbs into a library',
    file: HANDLER,
    code: `import '../../libs/domain/src/index.js';`,
    says: BY_NAME,
  },
];

const FINE = [
  { what: 'a given time as a date', file: HANDLER, code: `new Date(0);` },
  { what: 'the clock itself', file: 'libs/platform/src/clock/clock.ts', code: `Date.now(); Math.random();` },
  {
    what: 'a server, and the name of a type',
    file: HANDLER,
    code: `import { createServer, type Socket } from 'node:net'; createServer((of: Socket) => of.end());`,
  },
  { what: 'a request of the simulator', file: 'apps/simulator/main.ts', code: `await fetch('http://x/');` },
  { what: 'the time in a main', file: 'apps/ingress/main.ts', code: `Date.now();` },
  {
    what: 'the environment in its one place',
    file: 'libs/platform/src/env/read-env.ts',
    code: `process.env;`,
  },
  { what: 'the environment for a child', file: 'bench/main.ts', code: `({ ...process.env, PORT: '0' });` },
  { what: 'the path to programs', file: 'bench/main.ts', code: `process.env['PATH'];` },
  {
    what: 'time and environment in a test',
    file: 'libs/domain/src/x.spec.ts',
    code: `Date.now(); process.env['PORT'];`,
  },
];

const BANS = ['no-restricted-syntax', 'no-restricted-imports', 'no-restricted-properties'];

/** Words of every ban in the configuration of these files, so that none is without an offence. */
async function bansOf(eslint: ESLint, file: string): Promise<string[]> {
  const config = (await eslint.calculateConfigForFile(file)) as { rules: Record<string, unknown[]> };
  const syntax = (config.rules['no-restricted-syntax']?.slice(1) ?? []) as { message: string }[];
  const imports = (config.rules['no-restricted-imports']?.slice(1) ?? []) as {
    patterns: { message: string }[];
  }[];
  const properties = (config.rules['no-restricted-properties']?.slice(1) ?? []) as { message: string }[];
  return [...syntax, ...properties, ...imports.flatMap(({ patterns }) => patterns)].map(
    ({ message }) => message,
  );
}

describe('the bans', () => {
  let eslint: ESLint;

  beforeAll(() => {
    eslint = new ESLint({
      cwd: projectRoot(),
      // The bans look at syntax only; without types a piece of text is judged in milliseconds.
      overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
      ruleFilter: ({ ruleId }) => BANS.includes(ruleId),
    });
  });

  async function messages(code: string, filePath: string): Promise<string[]> {
    const [result] = await eslint.lintText(code, { filePath });
    return result?.messages.map(({ message }) => message) ?? ['nothing was linted'];
  }

  it.each(OFFENCES)('hear of code that $what: $file', async ({ file, code, says }) => {
    const heard = await messages(code, file);
    expect(heard.length).toBeGreaterThan(0);
    for (const message of heard) expect(message).toContain(says);
  });

  it.each(FINE)('let pass $what', async ({ file, code }) => {
    expect(await messages(code, file)).toEqual([]);
  });

  it('are all proved by an offence', async () => {
    const files = [...new Set(OFFENCES.map(({ file }) => file))];
    const bans = new Set((await Promise.all(files.map((file) => bansOf(eslint, file)))).flat());
    for (const ban of bans) expect(OFFENCES.some(({ says }) => ban.includes(says)) ? ban : '').toBe(ban);
    expect(bans.size).toBe(new Set(OFFENCES.map(({ says }) => says)).size);
  });

  it('stand beside the strict presets', async () => {
    const config = (await eslint.calculateConfigForFile(HANDLER)) as { rules: Record<string, unknown[]> };
    const strict = [
      'no-explicit-any',
      'switch-exhaustiveness-check',
      'consistent-type-imports',
      'no-floating-promises',
    ];
    for (const name of strict) expect(config.rules[`@typescript-eslint/${name}`]?.[0]).toBe(2);
  });
});
