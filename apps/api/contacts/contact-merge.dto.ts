import type { ContactId } from '#domain';
import { IdField, IdsField } from '../http/field.decorator.js';
import { PageDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const MOST_MERGED = 20;

export class MergeContactsDto {
  @IdField({ about: 'The contact that is kept.' })
  contactId!: ContactId;

  @IdsField({ about: 'Contacts that become part of it, and are no more.', most: MOST_MERGED })
  mergedIds!: ContactId[];
}

export class MergeDto {
  @Shown('Id of the merge.', SHOWN.id)
  id!: string;

  @Shown('The contact that was kept.', SHOWN.id)
  contactId!: string;

  @Shown('Those that became part of it.', { type: [String], example: [SHOWN.id.example] })
  mergedIds!: string[];

  @Shown('When.', SHOWN.time)
  mergedAt!: string;

  @Shown('When it was taken back; null where it was not.', SHOWN.timeOrNull)
  undoneAt!: string | null;
}

export class MergePageDto extends PageDto {
  @Shown('Newest first.', { type: [MergeDto] })
  data!: MergeDto[];
}
