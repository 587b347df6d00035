import type { ReasonCode, WordParams } from '#domain';
import { STATE_CHANGE_KINDS, type StateChangeKind } from '#db';
import { PageDto } from '../../http/page.dto.js';
import { REASON_ABOUT, REASON_SHOWN } from '../../http/reason-shown.decorator.js';
import { SHOWN, Shown } from '../../http/shown.decorator.js';

export class StateChangeDto {
  @Shown('Id of the entry.', SHOWN.id)
  id!: string;

  @Shown('When it changed.', SHOWN.time)
  at!: string;

  @Shown('state: whether it is sent to; standing: whether what is sent gets through.', {
    type: String,
    enum: [...STATE_CHANGE_KINDS],
  })
  kind!: StateChangeKind;

  @Shown('What it was: enabled, disabled, paused or enabling; well or failing. Null when it was made.', {
    ...SHOWN.textOrNull,
    example: 'enabled',
  })
  from!: string | null;

  @Shown('What it became.', { type: String, example: 'disabled' })
  to!: string;

  @Shown('Why, in words.', SHOWN.textOrNull)
  reason!: string | null;

  @Shown(REASON_ABOUT.code, REASON_SHOWN.code)
  reasonCode!: ReasonCode | null;

  @Shown(REASON_ABOUT.params, REASON_SHOWN.params)
  reasonParams!: WordParams | null;

  @Shown('Id of who did it: an API key, a person or a portal session; or `switchhook`.', {
    type: String,
    example: 'switchhook',
  })
  by!: string;

  @Shown('Name of that key or person; null for Switchhook and the operator.', SHOWN.textOrNull)
  byName!: string | null;
}

export class StateChangePageDto extends PageDto {
  @Shown('Newest first.', { type: [StateChangeDto] })
  data!: StateChangeDto[];
}
