/** What a tenant may choose in the policy changes what is written; where it would not, it is refused when it is saved. */
import { describe, expect, it } from '@jest/globals';
import { readLoggingPolicy } from '../policy/logging-policy.js';
import { CrmFault } from '../talk/crm-io.js';
import { BenchOfCrm, callForCrm } from './bench-of-crm.fixture.js';
import { CASES } from './cases.fixture.js';
import type { CrmCase } from './fake-crm.fixture.js';

/** Of the generic one, placeholders decide what is written. */
const DECIDED = CASES.filter(({ connector: { name } }) => name !== 'generic');
const NAMED = DECIDED.map((of) => [`${of.connector.title} ${of.variant ?? ''}`.trim(), of] as const);

async function written(of: CrmCase, logging: Record<string, unknown>): Promise<string> {
  const at = new BenchOfCrm(of, logging);
  at.fake.addContact({ name: 'Noa', phones: ['+972545551234'] });
  // A word that the CRM does not have reached it all the same.
  await at.tell(callForCrm()).catch((fault: unknown) => expect(fault).toBeInstanceOf(CrmFault));
  return JSON.stringify(at.asked);
}

async function hasEffect(of: CrmCase, logging: Record<string, unknown>): Promise<boolean> {
  if (readLoggingPolicy(logging, of.connector).problems.length > 0) return false;
  return (await written(of, logging)) !== (await written(of, {}));
}

describe('a choice of the policy', () => {
  it.each(NAMED)('of an outcome is written by %s, or refused', async (_name, of) => {
    const { outcomes } = of.connector;
    // Some take ids of words alone.
    const words = outcomes ?? ['x', '11111111-1111-4111-8111-111111111111'];
    const effects = await Promise.all(
      (words.length === 0 ? ['x'] : words).map((answered) => hasEffect(of, { outcomes: { answered } })),
    );
    expect(effects.includes(true)).toBe(words.length > 0);
  });

  it.each(NAMED)('of a kind of activity is written by %s, or refused', async (_name, of) => {
    const { activityTypes } = of.connector;
    const logging = { activityType: activityTypes?.[0] ?? 'x' };
    expect(await hasEffect(of, logging)).toBe(activityTypes === undefined || activityTypes.length > 0);
  });
});
