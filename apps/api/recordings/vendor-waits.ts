import { AppError, type ConnectionId, type Instant } from '#domain';

/** Requests to one PBX at once: it answers telephone calls too. */
const MOST_AT_ONCE = 16;
const BUSY_RETRY_SECONDS = 5;
/** Connections remembered; an entry is needed only until its time has come. */
const REMEMBER_MOST = 10_000;
const SECOND = 1000;

/**
 * How long each PBX wants to be left in peace, and how many recordings are being read from it. Of this process alone: each api
 * process learns it by one refusal of its own.
 */
export class VendorWaits {
  private readonly until = new Map<ConnectionId, Instant>();
  private readonly reading = new Map<ConnectionId, number>();

  /**
   * Takes a place; give it back by calling what is returned, once.
   * @throws AppError 429 `recording.wait` while the PBX wants peace or has enough to do with us
   */
  enter(connection: ConnectionId, now: Instant): () => void {
    const until = this.until.get(connection);
    if (until !== undefined && until > now) throw wait((until - now) / SECOND);
    this.until.delete(connection);
    const count = this.reading.get(connection) ?? 0;
    if (count >= MOST_AT_ONCE) throw wait(BUSY_RETRY_SECONDS);
    this.reading.set(connection, count + 1);
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const others = (this.reading.get(connection) ?? 1) - 1;
      if (others === 0) this.reading.delete(connection);
      else this.reading.set(connection, others);
    };
  }

  /** Leaves the PBX alone until then. @returns what to tell whoever asked */
  restUntil(connection: ConnectionId, until: Instant, now: Instant): AppError {
    if (this.until.size >= REMEMBER_MOST) this.until.clear();
    this.until.set(connection, until);
    return wait((until - now) / SECOND);
  }
}

function wait(seconds: number): AppError {
  const message = 'The PBX asks to wait before it gives out further recordings.';
  return new AppError('rejected', 'recording.wait', message, {
    status: 429,
    retryAfterSeconds: Math.max(1, Math.ceil(seconds)),
  });
}
