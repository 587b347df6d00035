import { AppError, emailKey, notFound, type SessionId } from '#domain';
import type {
  MembershipRecord,
  PersonRecord,
  SessionRecord,
  SessionRepository,
  SignedIn,
  UserRepository,
} from '#db';
import type { Passwords } from '#platform';
import type { SessionDirectory } from '../access/session-directory.js';
import { timeText } from '../http/time-text.js';
import type { Browser, OpenedSession, OpenSession } from './open-session.js';
import type { ListedSessionDto, MembershipDto, SessionDto, SignInDto } from './session.dto.js';
import type { SignInThrottle } from './sign-in-throttle.js';

export interface SessionDeskParts {
  users: Pick<UserRepository, 'byEmail' | 'setPassword'>;
  sessions: Pick<SessionRepository, 'listOf' | 'end' | 'endAll'>;
  directory: Pick<SessionDirectory, 'forget' | 'forgetPerson'>;
  passwords: Pick<Passwords, 'hash' | 'matches'>;
  throttle: Pick<SignInThrottle, 'count' | 'forgive'>;
  open: OpenSession;
}

/** A session that was just opened, and how it is answered. */
export interface Opened {
  token: string;
  answer: SessionDto;
}

/** Signing in and out, and what people do with their own sessions and password. */
export class SessionDesk {
  constructor(private readonly parts: SessionDeskParts) {}

  /** @param source  see `sourceKey`. @throws AppError 401 `sign_in.refused`, 429 `sign_in.too_many` */
  async signIn({ email, password }: SignInDto, browser: Browser, source: string): Promise<Opened> {
    const person = await this.proven({ email, password }, source);
    return opened(person, await this.parts.open.for(person.id, 'password', browser));
  }

  /**
   * Whose e-mail address and password these are. Who there is nobody gets the same answer, after the same time.
   *
   * @throws AppError 401 `sign_in.refused`, 429 `sign_in.too_many`
   */
  async proven(
    { email, password }: Pick<SignInDto, 'email' | 'password'>,
    source: string,
  ): Promise<PersonRecord> {
    const { users, passwords, throttle } = this.parts;
    const attempt = { account: emailKey(email), address: source };
    await throttle.count(attempt);
    const known = await users.byEmail(attempt.account);
    const isRight = await passwords.matches(password, known?.passwordHash ?? null);
    if (!isRight || known === undefined) throw signInRefused();
    await throttle.forgive(attempt);
    return known.person;
  }

  show({ session, person }: SignedIn): SessionDto {
    return sessionView(person, session);
  }

  async signOut({ session }: SignedIn): Promise<void> {
    await this.parts.sessions.end(session.userId, session.id);
    this.parts.directory.forget(session.id);
  }

  async list({ session: own }: SignedIn): Promise<ListedSessionDto[]> {
    const all = await this.parts.sessions.listOf(own.userId);
    return all.map((session) => ({ ...listedView(session), current: session.id === own.id }));
  }

  /** @throws AppError `resource.not_found` */
  async end({ session }: SignedIn, sessionId: SessionId): Promise<void> {
    if (!(await this.parts.sessions.end(session.userId, sessionId))) throw notFound('session');
    this.parts.directory.forget(sessionId);
  }

  async endOthers({ session }: SignedIn): Promise<void> {
    await this.parts.sessions.endAll(session.userId, session.id);
    this.parts.directory.forgetPerson(session.userId);
  }

  /** All sessions end, and this browser gets a new one. @throws AppError 401 `sign_in.refused`, 429 `sign_in.too_many` */
  async changePassword(
    { person }: SignedIn,
    change: { current: string; password: string },
    { browser, source }: { browser: Browser; source: string },
  ): Promise<Opened> {
    await this.proven({ email: person.email, password: change.current }, source);
    const hash = await this.parts.passwords.hash(change.password);
    await this.parts.users.setPassword(person.id, hash, { kind: 'user', id: person.id });
    this.parts.directory.forgetPerson(person.id);
    return opened(
      { ...person, hasPassword: true },
      await this.parts.open.for(person.id, 'password', browser),
    );
  }
}

export function opened(person: PersonRecord, { token, session }: OpenedSession): Opened {
  return { token, answer: sessionView(person, session) };
}

function sessionView({ id, email, name, memberships }: PersonRecord, session: SessionRecord): SessionDto {
  return {
    user: { id, email, name },
    memberships: memberships.map(membershipView),
    session: { ...listedView(session), current: true },
  };
}

export function membershipView({ tenantId, tenantName, role, agentId }: MembershipRecord): MembershipDto {
  return { tenantId, tenantName, role, agentId };
}

function listedView(session: SessionRecord): Omit<ListedSessionDto, 'current'> {
  const { id, method, address, userAgent } = session;
  return {
    id,
    method,
    address,
    userAgent,
    createdAt: timeText(session.createdAt),
    lastSeenAt: timeText(session.lastSeenAt),
    expiresAt: timeText(session.expiresAt),
  };
}

function signInRefused(): AppError {
  const message = 'There is nobody with this e-mail address and password.';
  return new AppError('rejected', 'sign_in.refused', message, { status: 401 });
}
