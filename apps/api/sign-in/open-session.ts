import { type IdentityProviderId, instant, SESSION_IDLE_MS, SESSION_MOST_MS } from '#domain';
import type { NewSession, PersonRecord, SessionMethod, SessionRecord, SessionRepository } from '#db';
import { hashToken, newToken, type Clock, type Log } from '#platform';

const TIDY_EVERY_MS = 60 * 60 * 1_000;
const LONGEST_AGENT = 300;

/** Where somebody signs in from, for them to tell their sessions apart by. */
export interface Browser {
  address: string | null;
  userAgent: string | undefined;
}

export interface OpenedSession {
  /** For the cookie; kept nowhere. */
  token: string;
  session: SessionRecord;
}

export interface OpenSessionParts {
  sessions: Pick<SessionRepository, 'create' | 'forgetBefore'>;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'info' | 'warn'>;
}

/** Opens sessions, each with a new token, and now and then sweeps out those that have run out. */
export class OpenSession {
  private tidiedAt = 0;

  constructor(private readonly parts: OpenSessionParts) {}

  /** @param person  who has shown their second factor, if they have one */
  for(
    { id: userId, hasTotp: secondFactor }: Pick<PersonRecord, 'id' | 'hasTotp'>,
    method: Exclude<SessionMethod, 'oidc'>,
    browser: Browser,
  ): Promise<OpenedSession> {
    return this.open({ userId, method, secondFactor }, browser);
  }

  /** @param answer  who answers for them, and whether they showed a second factor there */
  byProvider(
    { id: userId }: Pick<PersonRecord, 'id'>,
    answer: { providerId: IdentityProviderId; secondFactor: boolean },
    browser: Browser,
  ): Promise<OpenedSession> {
    return this.open({ userId, method: 'oidc', ...answer }, browser);
  }

  /** Once more for who has just shown a second factor, as somebody to the same. */
  again({ userId, method, providerId }: SessionRecord, browser: Browser): Promise<OpenedSession> {
    return this.open(
      { userId, method, secondFactor: true, ...(providerId === null ? {} : { providerId }) },
      browser,
    );
  }

  private async open(
    draft: Pick<NewSession, 'userId' | 'method' | 'secondFactor' | 'providerId'>,
    browser: Browser,
  ): Promise<OpenedSession> {
    this.tidy();
    const token = newToken('sws');
    const { sessions, clock, log } = this.parts;
    const session = await sessions.create({
      ...draft,
      hash: hashToken(token),
      expiresAt: instant(clock.now() + SESSION_MOST_MS),
      address: browser.address,
      userAgent: browser.userAgent?.slice(0, LONGEST_AGENT) ?? null,
    });
    const { userId, method } = draft;
    log.info({ userId, sessionId: session.id, method }, 'session.opened');
    return { token, session };
  }

  private tidy(): void {
    const { sessions, clock, log } = this.parts;
    const now = clock.now();
    if (now - this.tidiedAt < TIDY_EVERY_MS) return;
    this.tidiedAt = now;
    sessions.forgetBefore(instant(now - SESSION_IDLE_MS)).catch((error: unknown) => {
      log.warn({ err: error }, 'session.tidy_failed');
    });
  }
}
