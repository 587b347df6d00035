import { SEARCH_HITS, type SearchHit } from '#db';
import { CountField, TextField } from '../http/field.decorator.js';
import { Shown } from '../http/shown.decorator.js';
import { ContactDto } from './contact.dto.js';

export const DEFAULT_FOUND = 20;
const MOST_FOUND = 100;

export class ContactSearchQueryDto {
  @TextField({
    about:
      'What is looked for: the beginning, a word or a part of a name or a company, or a number in any spelling, whole, as far as it is ' +
      'typed, or its last digits.',
    max: 100,
    example: 'cohen',
  })
  q!: string;

  @CountField({
    about: 'Most contacts.',
    min: 1,
    max: MOST_FOUND,
    optional: true,
    byDefault: DEFAULT_FOUND,
    fromQuery: true,
  })
  limit?: number;
}

export class FoundContactDto extends ContactDto {
  @Shown(
    'How it was found. `number`: it has the number. `beginning`: its name or a number of it begins so. `word`: a word of it does. ' +
      '`part`: it is within. `similar`: nothing has it, and this is like it.',
    { type: String, enum: [...SEARCH_HITS] },
  )
  hit!: SearchHit;
}

export class FoundContactsDto {
  @Shown('The best first.', { type: [FoundContactDto] })
  data!: FoundContactDto[];
}
