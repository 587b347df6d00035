import type { ConnectionHealthDto, ReceiptDto } from '../api/operations';

/** `dialled`: only of PBXs that open a WebSocket to us. */
const TICKS = ['dialled', 'arrived', 'readable', 'understood', 'clock'] as const;
export type Tick = (typeof TICKS)[number];
export type TickState = 'good' | 'bad' | 'waiting';

/** What is known of a connection that waits for its first webhook. */
export interface FirstNews {
  health: Pick<ConnectionHealthDto, 'refused' | 'clock' | 'socket'>;
  /** The latest webhook; undefined before there is one. */
  receipt: Pick<ReceiptDto, 'state'> | undefined;
  /** Whether the connection has a call. */
  hasCall: boolean;
}

/** After so long without a webhook somebody wants to know where to look. */
const LONG_MS = 2 * 60 * 1_000;

/** How far the first webhook got. Each step is judged by the newest one, so that a mended set-up turns it good. */
export function firstTicks({ health, receipt, hasCall }: FirstNews): Record<Tick, TickState> {
  return {
    dialled: health.socket === null ? 'waiting' : DIALLED[health.socket.state],
    arrived: receipt !== undefined ? 'good' : health.refused.length > 0 ? 'bad' : 'waiting',
    readable: receipt === undefined ? 'waiting' : READABLE[receipt.state],
    understood: hasCall ? 'good' : receipt?.state === 'set_aside' ? 'bad' : 'waiting',
    clock: CLOCK[health.clock.standing],
  };
}

/** Those of this connection, in their order. */
export function ticksOf({ socket }: Pick<ConnectionHealthDto, 'socket'>): readonly Tick[] {
  return TICKS.filter((tick) => tick !== 'dialled' || socket !== null);
}

const DIALLED = { up: 'good', down: 'bad', never: 'waiting' } as const;
const READABLE: Readonly<Record<ReceiptDto['state'], TickState>> = {
  due: 'waiting',
  done: 'good',
  set_aside: 'good',
  unparsed: 'bad',
};
const CLOCK: Readonly<Record<ConnectionHealthDto['clock']['standing'], TickState>> = {
  unknown: 'waiting',
  right: 'good',
  doubtful: 'bad',
  wrong: 'bad',
};

/** Whether there is nothing left to wait for. A PBX that tells no times never shows its clock. */
export function isConnected(ticks: Record<Tick, TickState>): boolean {
  return ticks.readable === 'good' && ticks.understood === 'good' && ticks.clock !== 'bad';
}

/** @param since  when the waiting began, in milliseconds since 1970 */
export function isLongWait(since: number, now: number): boolean {
  return now - since >= LONG_MS;
}
