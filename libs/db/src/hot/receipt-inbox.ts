import { Batcher } from '../pool/batcher.js';
import type { HotPool } from '../pool/hot-pool.js';
import type { NewReceipt } from './new-receipt.js';
import { INSERT_RECEIPTS, RECEIPT_ROWS, receiptValues } from './receipt-rows.js';

export type { NewReceipt } from './new-receipt.js';

const INSERT = `${INSERT_RECEIPTS}
FROM ${RECEIPT_ROWS}`;

/** A commit costs the same for one webhook as for ten, so those that follow each other closely wait for company. */
const APART_MS = 10;

/** Keeps webhooks. Those that arrive together are committed together. */
export class ReceiptInbox {
  private readonly batcher: Batcher<readonly NewReceipt[], undefined>;

  constructor(private readonly hot: HotPool) {
    this.batcher = new Batcher({
      maxItems: 500,
      maxInFlight: 2,
      apartMs: APART_MS,
      run: (messages) => this.insert(messages),
    });
  }

  /**
   * Resolves when the receipts of one message, mostly one, are committed: all or none of them.
   *
   * @throws AppError `database.unavailable`
   */
  async keep(...receipts: readonly NewReceipt[]): Promise<void> {
    await this.batcher.add(receipts);
  }

  private async insert(messages: (readonly NewReceipt[])[]): Promise<undefined[]> {
    const receipts = messages.flat();
    await this.hot.run('receipt.insert', INSERT, receiptValues(receipts), receipts.length);
    return messages.map(() => undefined);
  }
}
