import {
  AppError,
  isAlive,
  type IdentityProviderId,
  type Instant,
  type SessionId,
  type UserId,
} from '#domain';
import type { SessionRepository, SignedIn } from '#db';
import type { Clock, Log } from '#platform';
import { TokenDirectory } from './token-directory.js';
import { TOUCH_EVERY_MS, UsedLately } from './used-lately.js';

export interface SessionDirectoryParts {
  sessions: Pick<SessionRepository, 'byHash' | 'hashes' | 'touch'>;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'warn'>;
}

/** Finds who signed in, as KeyDirectory finds keys: one look-up in a few seconds, and what ends here is refused here at once. */
export class SessionDirectory {
  private readonly sessions: TokenDirectory<SignedIn>;
  private readonly lately = new UsedLately();

  constructor(private readonly parts: SessionDirectoryParts) {
    this.sessions = new TokenDirectory(parts.sessions, parts.clock);
  }

  /**
   * Who sends this token. Their using it is noted, and does not keep the request waiting.
   *
   * @param source  where the request came from, see `sourceKey`
   * @throws AppError 401 `session.ended`, 429 `session.too_many_wrong`
   */
  async signedIn(token: string, source: string): Promise<SignedIn> {
    const finding = await this.sessions.find(token, source);
    const now = this.parts.clock.now();
    if (finding.found === undefined) throw finding.waitSeconds > 0 ? tooMany(finding.waitSeconds) : ended();
    const { session } = finding.found;
    const lastSeenAt = this.lately.last(session.id, session.lastSeenAt) as Instant;
    if (!isAlive({ ...session, lastSeenAt }, now)) throw ended();
    if (this.lately.isDue(session.id, session.lastSeenAt, now)) this.touch(session.id);
    return finding.found;
  }

  /** One session has ended. */
  forget(sessionId: SessionId): void {
    this.sessions.forget(({ session }) => session.id === sessionId);
  }

  /** What somebody is or may has changed, or all of their sessions have ended. */
  forgetPerson(userId: UserId): void {
    this.sessions.forget(({ person }) => person.id === userId);
  }

  /** A provider is another one now, or none. */
  forgetProvider(providerId: IdentityProviderId): void {
    this.sessions.forget(({ session }) => session.providerId === providerId);
  }

  private touch(sessionId: SessionId): void {
    this.parts.sessions.touch(sessionId, TOUCH_EVERY_MS).catch((error: unknown) => {
      this.parts.log.warn({ err: error, sessionId }, 'session.touch_failed');
    });
  }
}

function ended(): AppError {
  return new AppError('rejected', 'session.ended', 'Your session has ended: sign in again.', { status: 401 });
}

function tooMany(retryAfterSeconds: number): AppError {
  const message = 'Too many wrong sessions came from this address: wait, then sign in again.';
  return new AppError('rejected', 'session.too_many_wrong', message, { status: 429, retryAfterSeconds });
}
