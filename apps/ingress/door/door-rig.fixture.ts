/** The way of a webhook from its head to its receipt, without a socket and without a database. For tests only. */
import { DEFAULT_POLICY, id, instant, type ConnectionId, type ReceiptId, type TenantId } from '#domain';
import type { IngressConnection, NewReceipt } from '#db';
import { Metrics } from '#platform';
import { JudgeSender } from '../judge-sender.js';
import { TokenGuesses } from '../limits/token-guesses.js';
import { TakeWebhook } from '../take-webhook.js';
import { AnswerWebhook, type Arrival } from './answer-webhook.js';

const now = () => instant(Date.parse('2026-11-30T08:00:00Z'));

export const CONNECTION: IngressConnection = {
  tenantId: id<TenantId>('t'),
  connectionId: id<ConnectionId>('k'),
  dialect: 'generic',
  settings: {},
  timeZone: 'UTC',
  country: 'IL',
  enabled: true,
  matchPolicy: DEFAULT_POLICY,
  limits: null,
};

export type Sent = Partial<Pick<Arrival, 'method' | 'headers'>> & { body?: string; surplus?: string };

/** @param given  of the connection whose every URL is; a secret of it needs no opening here */
export function doorRig(given: Partial<IngressConnection> = {}) {
  const connection = { ...CONNECTION, ...given };
  const kept: NewReceipt[] = [];
  const refused: string[] = [];
  const take = new TakeWebhook({
    answerers: {
      popup: () => Promise.reject(new Error('asked')),
      ivr: () => Promise.reject(new Error('asked')),
    },
    directory: {
      byToken: (token) => Promise.resolve(token === 'swc' ? connection : undefined),
      byFormerToken: () => Promise.resolve(undefined),
    },
    inbox: {
      keep: (...receipts) => {
        kept.push(...receipts);
        return Promise.resolve();
      },
    },
    ringer: { ring: () => undefined },
    slowDown: { admit: () => undefined, hold: () => undefined },
    clock: { now },
    metrics: new Metrics('test'),
    newReceiptId: () => id<ReceiptId>('r'),
  });
  const door = new AnswerWebhook({
    take,
    directory: { isProven: () => true, proveLater: () => undefined },
    guesses: new TokenGuesses(1000, now),
    gate: { admit: () => undefined, admitBytes: () => undefined } as never,
    refusals: { add: ({ reason }) => refused.push(reason) },
    senders: new JudgeSender({ open: (sealed) => sealed }),
    clock: { now },
    publicUrl: undefined,
    hops: 0,
    log: { error: () => undefined, warn: () => undefined, info: () => undefined } as never,
  });
  const send = (url: string, { body = '', surplus, method = 'POST', headers = {} }: Sent = {}) => {
    const bytes = Buffer.from(body);
    const arriving = {
      whole: () => Promise.resolve({ ok: true as const, bytes }),
      surplus: surplus === undefined ? null : Buffer.from(surplus),
      announced: bytes.length,
    };
    return door.answer({ method, url, headers, peer: '127.0.0.1', body: arriving, note: null });
  };
  return { send, kept, refused };
}
