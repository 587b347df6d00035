import { DIRECTORY, LONGEST_NOTE, LONGEST_OUTCOME } from '#domain';
import { TextField } from '../http/field.decorator.js';
import { Shown } from '../http/shown.decorator.js';
import { MatchedContactDto } from './call.dto.js';

const LONGEST_ID = 200;

export class NewNoteDto {
  @TextField({ about: 'What is to be known of the call.', max: LONGEST_NOTE, optional: true, nullable: true })
  text?: string | null;

  @TextField({
    about: 'What came of it, in your own words. A note has a text, an outcome, or both.',
    max: LONGEST_OUTCOME,
    optional: true,
    nullable: true,
    example: 'interested',
  })
  outcome?: string | null;
}

export class ContactChoiceDto {
  @TextField({
    about: 'Where the contact is: `directory`, or the source of one of the candidates of the call.',
    max: LONGEST_ID,
    optional: true,
    byDefault: DIRECTORY,
  })
  source?: string;

  @TextField({ about: 'Its id there; null for nobody whom you know.', max: LONGEST_ID, nullable: true })
  contactId!: string | null;
}

export class ChosenDto {
  @Shown('Whose call it is from now on; null for nobody whom you know.', {
    type: () => MatchedContactDto,
    nullable: true,
  })
  contact!: MatchedContactDto | null;
}
