import { FOUND_KINDS, type FoundKind } from '#db';
import { TextField } from '../http/field.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

export class SearchQueryDto {
  @TextField({
    about: 'A number in any spelling, an id of ours of any kind, a PBX’s id of a call, or words of a name.',
    min: 2,
    max: 200,
    example: '050-234-5678',
  })
  q!: string;
}

export class FoundDto {
  @Shown('What kind of thing it is.', { type: String, enum: [...FOUND_KINDS] })
  type!: FoundKind;

  @Shown('Its id.', SHOWN.id)
  id!: string;

  @Shown('What people call it: a name, the number of a call, the type of an event.', {
    type: String,
    example: 'CRM',
  })
  title!: string;

  @Shown('A word or two more: state, company, direction and result.', SHOWN.textOrNull)
  detail!: string | null;

  @Shown('When it happened or was made, where that tells it apart.', SHOWN.timeOrNull)
  at!: string | null;
}

export class SearchAnswerDto {
  @Shown('At most 5 of each kind: what has this id, then calls, contacts, and what is called so.', {
    type: [FoundDto],
  })
  data!: FoundDto[];
}
