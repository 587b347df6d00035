import { systemClock } from '#platform';
import { HeldMailbox } from './held-mailbox.js';
import { Slice } from './slice.js';

const LONG_MS = 60_000;
const LEASE = { kind: 'endpoint', id: 'm', fence: '1', memo: { left: 'before' }, epoch: 0 } as const;

function held(): HeldMailbox {
  return new HeldMailbox(LEASE, new Slice(systemClock));
}

describe('a mailbox that is held', () => {
  it('is lingered at until somebody rings', async () => {
    const mailbox = held();
    const lingering = mailbox.linger(LONG_MS);
    mailbox.ring();
    expect(await lingering).toBe(true);
  });

  it('is not lingered at when it was rung during the drain', async () => {
    const mailbox = held();
    mailbox.begin();
    mailbox.ring();
    expect(await mailbox.linger(LONG_MS)).toBe(true);
  });

  it('is let go when nobody rings, or when there is no time left', async () => {
    expect(await held().linger(1)).toBe(false);
    const mailbox = held();
    const lingering = mailbox.linger(LONG_MS);
    mailbox.let();
    expect(await lingering).toBe(false);
  });

  it('answers with a drain only the rings that came before it began', () => {
    const mailbox = held();
    mailbox.ring();
    mailbox.begin();
    expect(mailbox.rung).toBe(false);
    mailbox.ring();
    mailbox.drained({ more: false });
    expect(mailbox.rung).toBe(true);
  });

  it('keeps the last memo that a drain left', () => {
    const mailbox = held();
    expect(mailbox.leaseNow.memo).toEqual({ left: 'before' });
    mailbox.drained({ more: false, memo: { left: 'first' } });
    mailbox.drained({ more: true });
    expect(mailbox.leaseNow.memo).toEqual({ left: 'first' });
    expect(mailbox.leaving).toEqual({ more: true, memo: { left: 'first' } });
  });
});
