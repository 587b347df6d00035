import { TextField } from '../http/field.decorator.js';
import { PageDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const LABEL = { about: 'What people call it.', max: 200, example: 'Support' } as const;

export class LabelPutDto {
  @TextField(LABEL)
  label!: string;
}

class LabelDto {
  @Shown(LABEL.about, { type: String, example: LABEL.example })
  label!: string;

  @Shown('When it was first written.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was last written.', SHOWN.time)
  updatedAt!: string;
}

export class QueueDto extends LabelDto {
  @Shown("The PBX's id of the queue.", { type: String, example: '12' })
  id!: string;
}

export class QueuePageDto extends PageDto {
  @Shown('Newest first.', { type: [QueueDto] })
  data!: QueueDto[];
}

export class OwnNumberDto extends LabelDto {
  @Shown('The number. Calls find it in whatever spelling the PBX uses.', {
    type: String,
    example: '+97237654321',
  })
  number!: string;
}

export class OwnNumberPageDto extends PageDto {
  @Shown('Newest first.', { type: [OwnNumberDto] })
  data!: OwnNumberDto[];
}
