import { describe, expect, it } from '@jest/globals';
import { policyForm } from './policy-form.js';
import { readLoggingPolicy } from './logging-policy.js';

const CRM = { update: 'patch', outcomes: ['Held', 'Not Held'], activityTypes: ['Call'] } as const;

describe('the form of a logging policy', () => {
  it('has every member of the policy, once, with the default that is read where it is left out', () => {
    const members = policyForm(CRM).map(({ name, byDefault }) => [name, byDefault]);
    expect(Object.fromEntries(members)).toEqual(readLoggingPolicy(undefined, CRM).policy);
    expect(members).toHaveLength(Object.keys(readLoggingPolicy(undefined, CRM).policy).length);
  });

  it('offers no value that is refused, and has the ends of every count', () => {
    for (const { name, kind, values, min, max } of policyForm(CRM)) {
      const good = kind === 'words' ? (values ?? ['x']).map((value) => ({ busy: value })) : (values ?? []);
      const counts = kind === 'count' ? [min, max] : [];
      for (const value of [...good, ...counts]) {
        expect([name, value, readLoggingPolicy({ [name]: value }, CRM).problems]).toEqual([name, value, []]);
      }
      const bad = kind === 'count' ? [(min ?? 0) - 1, (max ?? 0) + 1] : kind === 'choice' ? ['nonsense'] : [];
      for (const value of bad) {
        expect([name, value, readLoggingPolicy({ [name]: value }, CRM).problems.length]).toEqual([
          ...[name, value],
          1,
        ]);
      }
    }
  });

  it('is made of the words that the CRM has', () => {
    const named = new Map(policyForm(CRM).map((member) => [member.name, member]));
    expect(named.get('outcomes')?.values).toEqual(['Held', 'Not Held']);
    expect(named.get('activityType')?.values).toEqual(['Call']);
    const other = policyForm({ update: 'none' });
    expect(other.find(({ name }) => name === 'mode')?.byDefault).toBe('once');
  });
});
