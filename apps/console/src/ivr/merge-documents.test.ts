import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { FlowDocument } from './flow-document';
import { isSame, mergeDocuments } from './merge-documents';

const BASE: FlowDocument = { start: 'main', menus: { main: { loops: 1, prompts: ['a'] }, old: {} } };

it('keeps both changes where they do not meet', () => {
  const mine: FlowDocument = { ...BASE, menus: { main: { loops: 2, prompts: ['a'] }, old: {} } };
  const theirs: FlowDocument = { ...BASE, language: 'he', menus: { main: { loops: 1, prompts: ['b'] } } };
  const { merged, conflicts, theirs: changed } = mergeDocuments({ base: BASE, mine, theirs });
  expect(merged).toEqual({ start: 'main', language: 'he', menus: { main: { loops: 2, prompts: ['b'] } } });
  expect(conflicts).toEqual([]);
  expect(changed.map((path) => path.join('.')).sort()).toEqual([
    'language',
    'menus.main.prompts',
    'menus.old',
  ]);
});

it('asks where both changed the same, and keeps mine until then', () => {
  const mine: FlowDocument = { ...BASE, start: 'one' };
  const theirs: FlowDocument = { ...BASE, start: 'two' };
  const { merged, conflicts } = mergeDocuments({ base: BASE, mine, theirs });
  expect(merged['start']).toBe('one');
  expect(conflicts).toEqual([{ path: ['start'], mine: 'one', theirs: 'two' }]);
});

const documents = fc.object({
  maxDepth: 2,
  values: [fc.nat(3), fc.boolean()],
  key: fc.constantFrom('a', 'b', 'c'),
});

it('is whatever one of the two is when only that one changed something', () => {
  fc.assert(
    fc.property(documents, documents, (one, other) => {
      const [base, changed] = [one as FlowDocument, other as FlowDocument];
      expect(isSame(mergeDocuments({ base, mine: changed, theirs: base }).merged, changed)).toBe(true);
      const taken = mergeDocuments({ base, mine: base, theirs: changed });
      expect(isSame(taken.merged, changed)).toBe(true);
      expect(taken.conflicts).toEqual([]);
    }),
  );
});
