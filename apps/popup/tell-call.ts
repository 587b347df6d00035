import type { ConnectionId, TenantId } from '#domain';
import { ownReceipt, type ReceiptInbox } from '#db';
import type { Clock } from '#platform';
import type { Ringer } from '#queues';

export interface TellCallParts {
  inbox: Pick<ReceiptInbox, 'keep'>;
  ringer: Pick<Ringer, 'ring'>;
  clock: Pick<Clock, 'now'>;
}

/** A call of which a source may know whose it is. */
export interface CallToTell {
  tenantId: TenantId;
  connectionId: ConnectionId;
  vendorCallId: string;
}

/**
 * Has the enricher look once more whose call it is: the answer of a source came after it had looked.
 *
 * @throws AppError `database.unavailable`
 */
export async function tellCall({ inbox, ringer, clock }: TellCallParts, call: CallToTell): Promise<void> {
  const { vendorCallId, connectionId } = call;
  await inbox.keep(ownReceipt(call, { vendorCallId, word: { kind: 'look_again' } }, clock.now()));
  ringer.ring('connection', [connectionId]);
}
