import fc from 'fast-check';
import { id, type AgentId, type ContactId } from '../ids.js';
import { CONTACT_KINDS, type ContactFacts } from './contact-facts.js';
import { mergeContacts } from './merge-contacts.js';

const orNull = (text: string) => fc.constantFrom(null, text, `${text} too`);
const facts: fc.Arbitrary<ContactFacts> = fc.record({
  externalId: orNull('crm'),
  externalIds: fc.uniqueArray(
    fc.constantFrom('1', '2').map((one) => ({ source: 'erp', id: one })),
    {
      selector: ({ id: one }) => one,
    },
  ),
  kind: fc.constantFrom(...CONTACT_KINDS),
  name: fc.constantFrom('Dana', 'D. Cohen'),
  company: orNull('Acme'),
  companyId: fc.constantFrom(null, id<ContactId>('c')),
  email: orNull('d@acme.example'),
  url: orNull('https://crm.example'),
  metadata: fc.dictionary(fc.constantFrom('a', 'b'), fc.nat(2)),
  ownerId: fc.constantFrom(null, id<AgentId>('a')),
  phones: fc.uniqueArray(
    fc.record({
      e164: fc.constantFrom('+1', '+2', '+3'),
      label: orNull('mobile'),
      kind: fc.constantFrom(null, 'mobile' as const),
    }),
    { selector: ({ e164 }) => e164 },
  ),
});

describe('contacts that become one', () => {
  it('lose nothing that the kept one leaves open, and it loses nothing', () => {
    fc.assert(
      fc.property(facts, fc.array(facts, { maxLength: 3 }), (kept, others) => {
        const merged = mergeContacts(kept, others);
        expect([merged.name, merged.kind]).toEqual([kept.name, kept.kind]);
        for (const member of ['externalId', 'company', 'companyId', 'email', 'url', 'ownerId'] as const) {
          const said = [kept, ...others].map((one) => one[member]).find((value) => value !== null);
          expect(merged[member]).toBe(said ?? null);
        }
        expect(merged.metadata).toMatchObject(kept.metadata);
        const numbers = (of: ContactFacts) => of.phones.map(({ e164 }) => e164);
        expect(new Set(numbers(merged))).toEqual(new Set([kept, ...others].flatMap(numbers)));
        expect(numbers(merged)).toHaveLength(new Set(numbers(merged)).size);
        expect(merged.phones.slice(0, kept.phones.length)).toEqual(kept.phones);
      }),
    );
  });

  it('are what they were when there is nothing to add', () => {
    fc.assert(
      fc.property(facts, (one) => {
        expect(mergeContacts(one, [])).toEqual(one);
        expect(mergeContacts(one, [one, one])).toEqual(one);
      }),
    );
  });
});
