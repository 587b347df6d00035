import type { ReasonCode, WordParams } from '#domain';
import { RECEIPT_STATES, type ReceiptState } from '#db';
import { ChoicesField, IdField, TimeField } from '../http/field.decorator.js';
import { PageDto, PageQueryDto } from '../http/page.dto.js';
import { REASON_ABOUT, REASON_SHOWN } from '../http/reason-shown.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

/** The states that need somebody; the other two come and go by the thousand. */
export const PROBLEM_STATES = ['unparsed', 'set_aside'] as const satisfies readonly ReceiptState[];

export class ReceiptQueryDto extends PageQueryDto {
  @ChoicesField({
    about: 'States of the receipts; give it several times for several.',
    of: PROBLEM_STATES,
    optional: true,
    byDefault: PROBLEM_STATES,
    fromQuery: true,
  })
  state?: (typeof PROBLEM_STATES)[number][];

  @IdField({ about: 'Connection that it came by.', optional: true })
  connectionId?: string;
}

export class ConnectionReceiptQueryDto extends PageQueryDto {
  @ChoicesField({
    about: 'States of the receipts; give it several times for several. All where it is left out.',
    of: RECEIPT_STATES,
    optional: true,
    fromQuery: true,
  })
  state?: ReceiptState[];

  @TimeField({ about: 'Webhooks that came then or later.', optional: true })
  from?: string;

  @TimeField({ about: 'Webhooks that came before then.', optional: true })
  to?: string;
}

export class ReceiptDto {
  @Shown('Id of the receipt.', SHOWN.id)
  id!: string;

  @Shown('Connection that it came by.', SHOWN.id)
  connectionId!: string;

  @Shown('When it came.', SHOWN.time)
  receivedAt!: string;

  @Shown('Route below the ingress URL.', { type: String, example: 'cdr' })
  route!: string;

  @Shown('HTTP method.', { type: String, example: 'POST' })
  method!: string;

  @Shown('Query string as it came, without the question mark.', { type: String })
  query!: string;

  @Shown('Headers as they came, credentials and the ingress token redacted.', {
    type: 'object',
    additionalProperties: { type: 'string' },
  })
  headers!: Record<string, string>;

  @Shown('Address that it came from; null when the sender was gone at once.', {
    type: String,
    nullable: true,
    example: '198.51.100.7',
  })
  sourceIp!: string | null;

  @Shown('due: to be worked on; unparsed: nobody could read it; set_aside: working on it failed.', {
    type: String,
    enum: [...RECEIPT_STATES],
  })
  state!: ReceiptState;

  @Shown('Why it is unparsed or set aside.', SHOWN.textOrNull)
  reason!: string | null;

  @Shown(REASON_ABOUT.code, REASON_SHOWN.code)
  reasonCode!: ReasonCode | null;

  @Shown(REASON_ABOUT.params, REASON_SHOWN.params)
  reasonParams!: WordParams | null;

  @Shown('Failed tries to work on it.', { type: 'integer' })
  tries!: number;

  @Shown(
    'What was odd about the request, which was kept all the same; null where nothing was.',
    SHOWN.textOrNull,
  )
  note!: string | null;
}

export class ReceiptPageDto extends PageDto {
  @Shown('Newest first.', { type: [ReceiptDto] })
  data!: ReceiptDto[];
}
