import { AppError, emailKey, isMailAddress } from '#domain';
import { linkInvalid, OPERATOR, type LinkRecord, type LinkRepository, type UserRepository } from '#db';
import { hashToken, type Clock, type Log, type Passwords } from '#platform';
import type { SessionDirectory } from '../access/session-directory.js';
import { timeText } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
import type { LinkLetter } from './link-letter.js';
import type { LinkUseDto, SeenLinkDto } from './link.dto.js';
import { makeLink } from './make-link.js';
import type { Browser, OpenSession } from './open-session.js';
import { opened, type Opened, type SessionDesk } from './session-desk.js';
import type { SecondFactorDesk } from './second-factor-desk.js';
import type { SignInThrottle } from './sign-in-throttle.js';

export interface LinkDeskParts {
  links: LinkRepository;
  users: Pick<UserRepository, 'byEmail' | 'get'>;
  desk: Pick<SessionDesk, 'proven'>;
  directory: Pick<SessionDirectory, 'forgetPerson'>;
  passwords: Pick<Passwords, 'hash'>;
  throttle: Pick<SignInThrottle, 'count' | 'countAddress' | 'forgive'>;
  secondFactor: SecondFactorDesk;
  open: OpenSession;
  letter: LinkLetter;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'warn'>;
  /** What links begin with, without a slash at the end. */
  pagesUrl: () => string;
}

/** From where a link is used. */
export interface LinkVisit {
  browser: Browser;
  /** See `sourceKey`. */
  source: string;
}

/** What somebody does who holds a link, or asks for one. */
export class LinkDesk {
  constructor(private readonly parts: LinkDeskParts) {}

  /** What a link is for, so that a page can ask for what is missing. @throws AppError 404 `link.invalid` */
  async look(token: string, source: string): Promise<SeenLinkDto> {
    const { kind, email, tenantName, role, expiresAt, known } = await this.found(token, source);
    return { kind, email, tenantName, role, known, expiresAt: timeText(expiresAt) };
  }

  /**
   * Uses a link and signs its holder in. Who is known already shows by their password that the invitation reached them: its link
   * was seen by whoever made it.
   *
   * @throws AppError 404 `link.invalid`, 400 `request.invalid`, 401 `sign_in.refused`, 409 `setup.done`
   */
  async use(order: LinkUseDto, { browser, source }: LinkVisit): Promise<Opened> {
    const link = await this.found(order.token, source);
    const hash = hashToken(order.token);
    const person = await this.parts.links.use({ hash, ...(await this.saidOf(link, order, source)) });
    this.parts.directory.forgetPerson(person.id);
    return opened(person, await this.parts.open.for(person, 'link', browser));
  }

  /** Mails a link for a new password to who there is, and answers all alike. @throws AppError 429 `sign_in.too_many` */
  async forgotten(email: string, source: string): Promise<void> {
    const account = emailKey(email);
    await this.parts.throttle.count({ account: `reset ${account}`, address: source });
    this.mailReset(account).catch((error: unknown) => {
      this.parts.log.warn({ err: error }, 'link.reset_failed');
    });
  }

  private async mailReset(email: string): Promise<void> {
    const known = await this.parts.users.byEmail(email);
    if (known === undefined || known.passwordHash === null) return;
    const { id } = known.person;
    const by = { kind: 'user', id } as const;
    const { path } = await makeLink(this.parts, OPERATOR, { kind: 'reset', userId: id }, by);
    await this.parts.letter.send('reset', { to: email, url: this.parts.pagesUrl() + path, tenantName: null });
  }

  private async found(token: string, source: string): Promise<LinkRecord & { known: boolean }> {
    const link = await this.parts.links.byHash(hashToken(token));
    if (link === undefined) {
      await this.parts.throttle.countAddress(source);
      throw linkInvalid();
    }
    const isKnown = link.email !== null && (await this.parts.users.byEmail(link.email)) !== undefined;
    return { ...link, known: isKnown || link.userId !== null };
  }

  /** A mailbox that was broken into is no second factor. */
  private async assertSecondFactor(
    link: LinkRecord,
    code: string | undefined,
    source: string,
  ): Promise<void> {
    const person = link.userId === null ? undefined : await this.parts.users.get(link.userId);
    if (person === undefined) throw linkInvalid();
    const attempt = { account: person.email, address: source };
    await this.parts.throttle.count(attempt);
    await this.parts.secondFactor.assert(person, code);
    await this.parts.throttle.forgive(attempt);
  }

  /** What is written of the holder: checked, and with the password as a hash. */
  private async saidOf(link: LinkRecord & { known: boolean }, order: LinkUseDto, source: string) {
    if (link.kind === 'sign_in') return {};
    const { password, code } = order;
    if (link.kind === 'invitation' && link.known) {
      const proof = { email: link.email ?? '', password: password ?? '' };
      await this.parts.desk.proven(code === undefined ? proof : { ...proof, code }, source);
      return {};
    }
    if (password === undefined || password.length < 10)
      throw missing('password', 'must have at least 10 characters');
    if (link.kind === 'reset') {
      await this.assertSecondFactor(link, code, source);
      return { passwordHash: await this.parts.passwords.hash(password) };
    }
    if (order.name === undefined) throw missing('name', 'is needed');
    const email = link.kind === 'setup' ? emailKey(order.email ?? '') : (link.email ?? '');
    if (!isMailAddress(email)) throw missing('email', 'is no address that can be written to');
    const isTaken = link.kind === 'setup' && (await this.parts.users.byEmail(email)) !== undefined;
    if (isTaken)
      throw new AppError('conflict', 'user.exists', 'Somebody with this e-mail address is there already.');
    return { email, name: order.name, passwordHash: await this.parts.passwords.hash(password) };
  }
}

function missing(field: string, problem: string): AppError {
  return invalidRequest([{ field, message: `${field} ${problem}` }]);
}
