import fc from 'fast-check';
import { ASK_MODES, DEFAULT_POLICY, MATCH_CHOICES, type MatchPolicy } from './match-policy.js';
import { sourcesToAsk, type KnownOfNumber, type SourceStanding } from './sources-to-ask.js';

const source = (id: string, given: Partial<SourceStanding> = {}): SourceStanding => ({
  ...{ id, said: 'missing', contacts: 0, isResting: false },
  ...given,
});
const known = (sources: SourceStanding[], given: Partial<KnownOfNumber> = {}): KnownOfNumber => ({
  ...{ own: null, directory: 0, sources },
  ...given,
});
const policy = (given: Partial<MatchPolicy>): MatchPolicy => ({ ...DEFAULT_POLICY, ...given });

const IN_ORDER = policy({ ask: 'in_order', sources: ['b', 'a'] });
const BY_SOURCE = policy({ choose: 'by_source', sources: ['b', 'directory', 'a'] });
const FOUND = { said: 'fresh', contacts: 1 } as const;
const NOBODY = { said: 'fresh', contacts: 0 } as const;
const NONE = { now: [], behind: [] };

describe('the sources that are asked about a number', () => {
  it('are all at once, in the tenant’s order, those that it did not name last', () => {
    const all = known([source('c'), source('a'), source('b')]);
    expect(sourcesToAsk(all, policy({ sources: ['b'] }))).toEqual({ now: ['b', 'a', 'c'], behind: [] });
  });

  it('are asked one after the other where the tenant wants that, until one has a contact', () => {
    expect(sourcesToAsk(known([source('a'), source('b')]), IN_ORDER).now).toEqual(['b']);
    expect(sourcesToAsk(known([source('a'), source('b', NOBODY)]), IN_ORDER).now).toEqual(['a']);
    expect(sourcesToAsk(known([source('a'), source('b', FOUND)]), IN_ORDER)).toEqual(NONE);
    expect(sourcesToAsk(known([source('a', FOUND), source('b')]), IN_ORDER).now).toEqual(['b']);
    expect(sourcesToAsk(known([source('a'), source('b', { said: 'failed' })]), IN_ORDER).now).toEqual(['a']);
  });

  it('are none where the directory has the number', () => {
    expect(sourcesToAsk(known([source('a')], { directory: 1 }), DEFAULT_POLICY)).toEqual(NONE);
  });

  it('are those in front of the directory where the first source in order decides', () => {
    const two = [source('a'), source('b')];
    expect(sourcesToAsk(known(two, { directory: 1 }), BY_SOURCE).now).toEqual(['b']);
    expect(sourcesToAsk(known(two), BY_SOURCE).now).toEqual(['b', 'a']);
    const unnamed = policy({ choose: 'by_source', sources: [] });
    expect(sourcesToAsk(known(two, { directory: 1 }), unnamed)).toEqual(NONE);
  });

  it('are none for a number of the tenant’s own', () => {
    for (const own of ['extension', 'own_number'] as const) {
      expect(sourcesToAsk(known([source('a')], { own }), BY_SOURCE)).toEqual(NONE);
    }
  });

  it('are asked again with nobody waiting where what they said is old, or another one has the number', () => {
    const stale = source('a', { said: 'stale', contacts: 1 });
    expect(sourcesToAsk(known([stale]), DEFAULT_POLICY)).toEqual({ now: [], behind: ['a'] });
    const one = known([source('a', FOUND), source('b')]);
    expect(sourcesToAsk(one, DEFAULT_POLICY)).toEqual({ now: [], behind: ['b'] });
  });

  it('are not those that are left alone, or failed just now', () => {
    const resting = known([source('a', { isResting: true }), source('b', { said: 'failed' })]);
    expect(sourcesToAsk(resting, DEFAULT_POLICY)).toEqual(NONE);
    const old = known([source('a', { said: 'stale', contacts: 1, isResting: true })]);
    expect(sourcesToAsk(old, DEFAULT_POLICY)).toEqual(NONE);
  });

  const standings = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('a', 'b', 'c', 'd'),
      said: fc.constantFrom<SourceStanding['said'][]>('fresh', 'stale', 'missing', 'failed'),
      contacts: fc.nat(2),
      isResting: fc.boolean(),
    }),
    { selector: ({ id }) => id },
  );
  const policies = fc.record({
    choose: fc.constantFrom(...MATCH_CHOICES),
    ask: fc.constantFrom(...ASK_MODES),
    sources: fc.shuffledSubarray(['directory', 'a', 'b', 'c']),
  });

  it('are each asked once, never without need, and an end comes whatever they say', () => {
    fc.assert(
      fc.property(standings, policies, fc.nat(1), (drawn, chosen, directory) => {
        // What was not asked, or failed, has told of no contact.
        let sources = drawn.map((one) =>
          one.said === 'missing' || one.said === 'failed' ? { ...one, contacts: 0 } : one,
        );
        const askable = new Set<string>(
          sources.filter(({ said, isResting }) => said === 'missing' && !isResting).map(({ id }) => id),
        );
        for (let round = 0; ; round += 1) {
          const { now, behind } = sourcesToAsk(known(sources, { directory }), chosen);
          const both = [...now, ...behind];
          expect(new Set(both).size).toBe(both.length);
          expect(now.every((id) => askable.delete(id))).toBe(true);
          if (chosen.ask === 'in_order') expect(now.length).toBeLessThanOrEqual(1);
          if (now.length === 0) break;
          expect(round).toBeLessThan(4);
          sources = sources.map((one) =>
            now.includes(one.id) ? { ...one, said: 'failed', contacts: 0 } : one,
          );
        }
      }),
    );
  });
});
