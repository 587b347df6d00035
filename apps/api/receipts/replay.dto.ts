import { ChoiceField, TimeField } from '../http/field.decorator.js';
import { Shown } from '../http/shown.decorator.js';
import { PROBLEM_STATES } from './receipt.dto.js';

export class ReplayAskDto {
  @ChoiceField({ about: 'Which receipts.', of: PROBLEM_STATES, example: 'unparsed' })
  state!: (typeof PROBLEM_STATES)[number];

  @TimeField({ about: 'Received at or after this time.', optional: true })
  from?: string;

  @TimeField({ about: 'Received before this time.', optional: true })
  to?: string;
}

export class ReplayedDto {
  @Shown('How many are due again.', { type: 'integer', minimum: 0 })
  replayed!: number;

  @Shown('Whether there are more: ask again.', { type: Boolean })
  more!: boolean;
}
