import { expect, it } from 'vitest';
import { OWN, choiceOf, ownNameOf, partHandled, repeatedColumns, wordOf } from './column-words';
import type { ColumnChoices } from './import-kind';

const CHOICES: ColumnChoices = {
  plain: [{ word: 'name', label: 'Name' }],
  own: { prefix: 'metadata:', label: 'Own', nameLabel: 'Its name' },
};

it('takes the title of a column for the name of a field of one’s own', () => {
  const word = wordOf(OWN, ' Segment ', CHOICES);
  expect(word).toBe('metadata:Segment');
  expect([choiceOf(word, CHOICES), ownNameOf(word, CHOICES)]).toEqual([OWN, 'Segment']);
  expect([choiceOf('name', CHOICES), ownNameOf('name', CHOICES)]).toEqual(['name', '']);
});

it('finds columns that hold the same, but leaves out those that hold nothing or numbers', () => {
  expect(repeatedColumns(['name', '', 'phone', 'name', '', 'phone', 'phone:fax'])).toEqual([3]);
});

it('says how far a file is, also of an empty one', () => {
  expect(partHandled({ bytes: 3, handledBytes: 1 })).toBe(33);
  expect(partHandled({ bytes: 0, handledBytes: 0 })).toBe(0);
});
