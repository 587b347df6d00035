import fc from 'fast-check';
import { matchContact, noMatch, type Candidate, type FoundCandidates } from './match-contact.js';
import {
  DEFAULT_POLICY,
  ASK_MODES,
  MATCH_CHOICES,
  readMatchPolicy,
  type MatchPolicy,
} from './match-policy.js';

const E164 = '+972502345678';

function candidate(id: string, given: Partial<Candidate> = {}): Candidate {
  return {
    ...{ id, source: 'directory', externalId: null, name: `name of ${id}`, company: null, url: null },
    ...{ createdAt: 1, updatedAt: 1, numbers: [E164] },
    ...given,
  };
}

const found = (...candidates: Candidate[]): FoundCandidates => ({
  own: null,
  total: candidates.length,
  candidates,
});
const policy = (choose: MatchPolicy['choose'], sources: string[] = ['directory']): MatchPolicy => ({
  choose,
  sources,
  ask: 'side_by_side',
});

const OLD = candidate('old', { createdAt: 1, updatedAt: 5, source: 'crm' });
const FRESH = candidate('fresh', { createdAt: 2, updatedAt: 9, source: 'erp' });
const LOCAL = candidate('local', { createdAt: 3, updatedAt: 7 });
const ALL = found(OLD, FRESH, LOCAL);

describe('whose number it is', () => {
  it.each([
    ['updated_last', ['directory'], 'fresh', 'updated_last'],
    ['created_first', ['directory'], 'old', 'created_first'],
    ['ask', ['directory'], undefined, 'several'],
    ['by_source', ['crm', 'directory'], 'old', 'first_source'],
    ['by_source', ['erp'], 'fresh', 'first_source'],
    ['by_source', [], 'local', 'first_source'],
  ] as const)('of several by %s of %j is %s, because of %s', (choose, sources, contact, reason) => {
    const match = matchContact(E164, ALL, policy(choose, [...sources]));
    expect([match.contact?.id, match.reason, match.total]).toEqual([contact, reason, 3]);
    expect(match.candidates).toHaveLength(3);
    expect(match.candidates.at(0)?.id).toBe(contact ?? 'fresh');
  });

  it('of the first source that has several is the one that was changed last, and says so', () => {
    const match = matchContact(
      E164,
      found(OLD, candidate('newer', { source: 'crm', updatedAt: 6 })),
      policy('by_source'),
    );
    expect([match.contact?.id, match.reason]).toEqual(['newer', 'updated_last']);
  });

  it('of one alone is that one', () => {
    for (const choose of MATCH_CHOICES) {
      expect(matchContact(E164, found(OLD), policy(choose))).toMatchObject({
        contact: { id: 'old', source: 'crm' },
        reason: 'only_one',
        candidates: [],
      });
    }
  });

  it('is nobody’s where no candidate has the number itself', () => {
    const similar = candidate('similar', { numbers: ['+972522345678', '2345678'] });
    expect(matchContact(E164, found(similar), DEFAULT_POLICY)).toEqual(noMatch(E164, 'nobody'));
    expect(matchContact(E164, found(similar, OLD), DEFAULT_POLICY)).toMatchObject({
      contact: { id: 'old' },
      reason: 'only_one',
      total: 1,
    });
  });

  it('counts the forms that one number has as that number', () => {
    const mobile = candidate('ana', { numbers: ['+541123456789'] });
    expect(matchContact('+5491123456789', found(mobile), DEFAULT_POLICY).contact?.id).toBe('ana');
  });

  it('is never asked of a withheld number, a colleague’s phone or a number of the house', () => {
    expect(matchContact(null, ALL, DEFAULT_POLICY)).toEqual(noMatch(null, 'no_number'));
    for (const own of ['extension', 'own_number'] as const) {
      expect(matchContact(E164, { ...ALL, own }, DEFAULT_POLICY)).toEqual(noMatch(E164, own));
    }
  });

  it('does not depend on the order in which they were found, and is one that has the number', () => {
    const numbers = fc.constantFrom(E164, '+972522345678', '+442012345678');
    const drawn = fc.uniqueArray(
      fc.record({
        id: fc.uuid(),
        source: fc.constantFrom('directory', 'crm', 'erp'),
        createdAt: fc.nat(3),
        updatedAt: fc.nat(3),
        numbers: fc.uniqueArray(numbers, { minLength: 1 }),
      }),
      { selector: ({ id }) => id, maxLength: 6 },
    );
    const policies = fc.record({
      choose: fc.constantFrom(...MATCH_CHOICES),
      sources: fc.shuffledSubarray(['directory', 'crm', 'erp']),
      ask: fc.constantFrom(...ASK_MODES),
    });
    fc.assert(
      fc.property(drawn, policies, (fields, chosen) => {
        const candidates = fields.map(({ id, ...given }) => candidate(id, given));
        const match = matchContact(E164, found(...candidates), chosen);
        expect(matchContact(E164, found(...candidates.toReversed()), chosen)).toEqual(match);
        const having = candidates.filter((one) => one.numbers.includes(E164)).map(({ id }) => id);
        expect(match.total).toBe(having.length);
        if (match.contact) expect(having).toContain(match.contact.id);
        expect(match.contact === null).toBe(having.length === 0 || match.reason === 'several');
      }),
    );
  });
});

describe('a policy that was kept', () => {
  it('counts as the default where it says what nobody knows', () => {
    expect(readMatchPolicy({})).toEqual(DEFAULT_POLICY);
    expect(readMatchPolicy(null)).toEqual(DEFAULT_POLICY);
    expect(readMatchPolicy({ choose: 'toss', sources: ['a', 7] })).toEqual({
      choose: 'updated_last',
      sources: ['a'],
      ask: DEFAULT_POLICY.ask,
    });
    expect(readMatchPolicy({ ask: 'in_order' }).ask).toBe('in_order');
  });
});
