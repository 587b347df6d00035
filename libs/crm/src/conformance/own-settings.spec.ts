/** What a connector says of its own settings is what it reads: a form of it makes an endpoint. */
import { describe, expect, it } from '@jest/globals';
import { CASES } from './cases.fixture.js';

const LISTED = CASES.filter(({ connector: { name } }) => name !== 'generic');
const NAMED = LISTED.map((of) => [`${of.connector.title} ${of.variant ?? ''}`.trim(), of] as const);

describe('the own settings of a connector', () => {
  it.each(NAMED)('of %s are all described, with what they are where they are left out', (_name, of) => {
    const { settings = [], prepare } = of.connector;
    const prepared = prepare(of.settings);
    if (!prepared.ok) throw new Error(JSON.stringify(prepared.problems));
    const names = settings.map(({ name }) => name);
    expect([...names].sort()).toEqual(Object.keys(prepared.crm.settings).sort());
    const usual = settings.filter(({ byDefault }) => byDefault !== undefined);
    const given = Object.fromEntries(usual.map(({ name, byDefault }) => [name, byDefault]));
    const again = prepare({ ...(of.settings as object), ...given });
    // Some go together: then the complaint is about another one.
    const complained = again.ok ? [] : again.problems.map(({ path }) => path);
    expect(complained.filter((path) => path in given && !['userId', 'database'].includes(path))).toEqual([]);
  });

  it.each(NAMED)('of %s are refused without those that are needed', (_name, of) => {
    const { settings = [], prepare } = of.connector;
    for (const { name } of settings.filter(({ required }) => required)) {
      const { [name]: _left, ...rest } = of.settings as Record<string, unknown>;
      const prepared = prepare(rest);
      expect(prepared.ok ? [] : prepared.problems.map(({ path }) => path)).toContain(name);
    }
    const needed = settings.filter(({ required }) => required).map(({ name }) => name);
    const bare = prepare({});
    const complained = bare.ok ? [] : bare.problems.map(({ path }) => path);
    expect(complained.filter((path) => !needed.includes(path))).toEqual([]);
  });
});
