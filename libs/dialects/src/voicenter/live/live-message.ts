/** A message of the vendor's realtime socket, and the times in it. */
import { offsetOf, type Instant } from '#domain';

/** When something is told, and in which zone its wall clock is read. */
export interface LiveMoment {
  at: Instant;
  /** IANA name */
  timeZone: string;
}

export interface LiveMessageOut {
  /** The name of the socket's event. */
  name: string;
  data: Readonly<Record<string, unknown>>;
  /** The stable integer of the extension, or of the queue, that it is of; absent in what everybody hears. */
  phone?: number;
  queue?: number;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/**
 * The times of every message. Clients take the offset from `servertime`, and from every other time in the message, to come to
 * UTC: so all of them are the wall clock of one moment.
 */
export function serverTimes({ at, timeZone }: LiveMoment): { servertime: number; servertimeoffset: number } {
  const offset = offsetOf(timeZone, at);
  return { servertime: Math.floor((at + offset) / SECOND), servertimeoffset: Math.round(offset / MINUTE) };
}

/** What every message that is no event begins with. */
export function fineAt(moment: LiveMoment): Record<string, unknown> {
  return { errorCode: 0, errorDesc: 'OK', ...serverTimes(moment) };
}

/** Reads times on the wall clock of the moment at which they are told. 0 stands for never. */
export class WallClock {
  private readonly offset: number;

  constructor({ at, timeZone }: LiveMoment) {
    this.offset = offsetOf(timeZone, at);
  }

  seconds(at: Instant | null): number {
    return at === null ? 0 : Math.floor((at + this.offset) / SECOND);
  }

  milliseconds(at: Instant | null): number {
    return at === null ? 0 : at + this.offset;
  }
}
