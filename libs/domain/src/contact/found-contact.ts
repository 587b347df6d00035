import type { Candidate } from './match-contact.js';

/** A contact as a source other than the directory has it, checked: it has the number that was asked for. */
export type FoundContact = Pick<
  Candidate,
  'id' | 'name' | 'company' | 'url' | 'createdAt' | 'updatedAt' | 'numbers'
>;
