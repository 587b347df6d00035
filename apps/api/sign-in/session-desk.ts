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
import { ssoRequired } from '../access/judge-role.js';
import type { SessionDirectory } from '../access/session-directory.js';
import { timeText } from '../http/time-text.js';
import type { Browser, OpenedSession, OpenSession } from './open-session.js';
import type {
  ListedSessionDto,
  MembershipDto,
  PasswordChangeDto,
  SessionDto,
  SignInDto,
} from './session.dto.js';
import type { SecondFactorDesk } from './second-factor-desk.js';
import type { PasswordProofDto, RecoveryCodesDto, TotpSecretDto } from './second-factor.dto.js';
import type { SignInThrottle } from './sign-in-throttle.js';

export interface SessionDeskParts {
  users: Pick<UserRepository, 'byEmail' | 'setPassword'>;
  sessions: Pick<SessionRepository, 'listOf' | 'end' | 'endAll'>;
  directory: Pick<SessionDirectory, 'forget' | 'forgetPerson'>;
  passwords: Pick<Passwords, 'hash' | 'matches'>;
  throttle: Pick<SignInThrottle, 'count' | 'forgive'>;
  secondFactor: SecondFactorDesk;
  open: OpenSession;
}

/** By what somebody shows who they are. */
export type Proof = Pick<SignInDto, 'email' | 'password' | 'code'>;

/** A session that was just opened, and how it is answered. */
export interface Opened {
  token: string;
  answer: SessionDto;
}

/** Signing in and out, and what people do with their own sessions and password. */
export class SessionDesk {
  constructor(private readonly parts: SessionDeskParts) {}

  /** @param source  see `sourceKey`. @throws AppError as `proven`; 403 `sso.required` */
  async signIn(order: SignInDto, browser: Browser, source: string): Promise<Opened> {
    const person = await this.proven(order, source);
    assertMayByPassword(person);
    return opened(person, await this.parts.open.for(person, 'password', browser));
  }

  /**
   * Whose e-mail address and password these are. Who there is nobody gets the same answer, after the same time.
   *
   * @throws AppError 401 `sign_in.refused`, `totp.needed`, `totp.refused`; 429 `sign_in.too_many`
   */
  async proven({ email, password, code }: Proof, source: string): Promise<PersonRecord> {
    const { users, passwords, throttle, secondFactor } = this.parts;
    const attempt = { account: emailKey(email), address: source };
    await throttle.count(attempt);
    const known = await users.byEmail(attempt.account);
    const isRight = await passwords.matches(password, known?.passwordHash ?? null);
    if (!isRight || known === undefined) throw signInRefused();
    await secondFactor.assert(known.person, code);
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
    const all = await this.parts.sessions.listOf(own.userId, own.tenantId);
    return all.map((session) => ({ ...listedView(session), current: session.id === own.id }));
  }

  /** @throws AppError `resource.not_found` */
  async end({ session }: SignedIn, sessionId: SessionId): Promise<void> {
    if (!(await this.parts.sessions.end(session.userId, sessionId, session.tenantId)))
      throw notFound('session');
    this.parts.directory.forget(sessionId);
  }

  async endOthers({ session }: SignedIn): Promise<void> {
    await this.parts.sessions.endAll(session.userId, session.id, session.tenantId);
    this.parts.directory.forgetPerson(session.userId);
  }

  /** All sessions end, and this browser gets a new one. @throws AppError 401 `sign_in.refused`, 429 `sign_in.too_many` */
  async changePassword(
    { person }: SignedIn,
    change: PasswordChangeDto,
    { browser, source }: { browser: Browser; source: string },
  ): Promise<Opened> {
    const { current, code } = change;
    await this.proven(
      { email: person.email, password: current, ...(code === undefined ? {} : { code }) },
      source,
    );
    const hash = await this.parts.passwords.hash(change.password);
    await this.parts.users.setPassword(person.id, hash, { kind: 'user', id: person.id });
    this.parts.directory.forgetPerson(person.id);
    return opened({ ...person, hasPassword: true }, await this.parts.open.for(person, 'password', browser));
  }

  /** @throws AppError 409 `totp.on`, and as `proven` */
  async beginTotp(signedIn: SignedIn, proof: PasswordProofDto, source: string): Promise<TotpSecretDto> {
    await this.proven({ ...proof, email: signedIn.person.email }, source);
    return this.parts.secondFactor.begin(signedIn);
  }

  /** All sessions end, and this browser gets a new one. @throws AppError 401 `totp.refused`, 409 `totp.on`; 429 `sign_in.too_many` */
  async switchTotpOn(
    signedIn: SignedIn,
    code: string,
    { browser, source }: { browser: Browser; source: string },
  ): Promise<{ opened: Opened; codes: RecoveryCodesDto }> {
    const { throttle, secondFactor, open, directory } = this.parts;
    const attempt = { account: signedIn.person.email, address: source };
    await throttle.count(attempt);
    const codes = await secondFactor.switchOn(signedIn, code);
    await throttle.forgive(attempt);
    await this.signOut(signedIn);
    directory.forgetPerson(signedIn.person.id);
    const person = { ...signedIn.person, hasTotp: true };
    return { opened: opened(person, await open.again(signedIn.session, browser)), codes };
  }

  /** All sessions end. @throws AppError as `proven` */
  async switchTotpOff({ person }: SignedIn, proof: PasswordProofDto, source: string): Promise<void> {
    await this.proven({ ...proof, email: person.email }, source);
    await this.parts.secondFactor.switchOff(person.id, { kind: 'user', id: person.id });
    this.parts.directory.forgetPerson(person.id);
  }
}

export function opened(person: PersonRecord, { token, session }: OpenedSession): Opened {
  return { token, answer: sessionView(person, session) };
}

function sessionView(
  { id, email, name, hasTotp, memberships }: PersonRecord,
  session: SessionRecord,
): SessionDto {
  return {
    user: { id, email, name, hasTotp },
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

/** Who may act for nobody after signing in like this is told so at once; who is right is told so, and nobody else. */
function assertMayByPassword({ memberships }: PersonRecord): void {
  const isOpen = memberships.some(({ requiresSso }) => requiresSso === null);
  if (memberships.length > 0 && !isOpen) throw ssoRequired();
}

function signInRefused(): AppError {
  const message = 'There is nobody with this e-mail address and password.';
  return new AppError('rejected', 'sign_in.refused', message, { status: 401 });
}
