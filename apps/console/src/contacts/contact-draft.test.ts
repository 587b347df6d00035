import { expect, it } from 'vitest';
import type { ContactDto } from '../api/operations';
import { changedFields, draftOf, isNumberLike, newContactOf, patchOf } from './contact-draft';

const DANA: ContactDto = {
  id: 'c-1',
  name: 'Dana',
  kind: 'person',
  company: null,
  companyId: null,
  email: null,
  externalId: '7',
  externalIds: [],
  metadata: { segment: 'gold', visits: 3, vip: true, code: '007', floor: '3' },
  ownerId: null,
  phones: [{ e164: '+972502345678', kind: null, label: null }],
  url: null,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
};

it('sends nothing of a contact that was not changed, and only what was', () => {
  expect(patchOf(DANA, draftOf(DANA))).toEqual({});
  expect(patchOf(DANA, { ...draftOf(DANA), company: ' Acme ' })).toEqual({ company: 'Acme' });
});

it('keeps texts, numbers and truth values of own fields what they are', () => {
  expect(newContactOf(draftOf(DANA)).metadata).toEqual(DANA.metadata);
});

it('leaves out numbers and fields that were added and left empty', () => {
  const draft = { ...draftOf(DANA), phones: [{ number: ' ', kind: '' as const, label: '' }], metadata: [] };
  expect(newContactOf(draft)).toMatchObject({ phones: [], metadata: {} });
});

it('names what somebody else changed', () => {
  expect(changedFields(DANA, { ...DANA, email: 'd@example.com', name: 'Dana L' })).toEqual(['name', 'email']);
});

it.each([
  ['050-234 5678', true],
  ['+972', true],
  ['Dana', false],
  ['3M', false],
])('takes %s for a number: %s', (text, is) => {
  expect(isNumberLike(text)).toBe(is);
});
