import { AppError, emailKey, isMailAddress, type LinkId, type UserId } from '#domain';
import {
  OPERATOR,
  type LinkRecord,
  type LinkRepository,
  type MemberRecord,
  type MemberRepository,
  type SessionRepository,
  type UserRepository,
  type Whose,
} from '#db';
import type { Clock } from '#platform';
import { whoseOf, type Caller } from '../access/caller.js';
import type { SessionDirectory } from '../access/session-directory.js';
import { whoseAsked } from '../access/whose-asked.js';
import { found } from '../http/found.js';
import { pageAnswer, pageAsk } from '../http/page.dto.js';
import { timeText, timeTextOrNull } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
import type { LinkLetter } from './link-letter.js';
import type { SecondFactorDesk } from './second-factor-desk.js';
import { makeLink } from './make-link.js';
import type {
  InvitationDto,
  InvitationOnceDto,
  InvitationPageDto,
  MemberDto,
  MemberPageDto,
  MemberPatchDto,
  MemberQueryDto,
  NewInvitationDto,
  ResetOnceDto,
} from './member.dto.js';

export interface MemberDeskParts {
  members: MemberRepository;
  links: LinkRepository;
  users: Pick<UserRepository, 'get'>;
  sessions: Pick<SessionRepository, 'endAll'>;
  directory: Pick<SessionDirectory, 'forgetPerson'>;
  secondFactor: Pick<SecondFactorDesk, 'switchOff'>;
  letter: LinkLetter;
  clock: Pick<Clock, 'now'>;
  /** What links begin with, without a slash at the end. */
  pagesUrl: () => string;
}

/** The people of a tenant, or the operators: inviting them, what they may, removing them. */
export class MemberDesk {
  constructor(private readonly parts: MemberDeskParts) {}

  async invite(caller: Caller, draft: NewInvitationDto): Promise<InvitationOnceDto> {
    const whose = whoseAsked(caller, draft.operator ?? false);
    const email = emailKey(draft.email);
    if (!isMailAddress(email)) {
      throw invalidRequest([{ field: 'email', message: 'email is no address that can be written to' }]);
    }
    const role = roleOf(whose, draft);
    const fresh = { kind: 'invitation', email, role, agentId: draft.agentId ?? null } as const;
    const { record, path } = await makeLink(this.parts, whose, fresh, caller.actor);
    const url = this.parts.pagesUrl() + path;
    const mailed = await this.parts.letter.send('invitation', {
      to: email,
      url,
      tenantName: record.tenantName,
    });
    return { ...invitationView(record), url, mailed };
  }

  async invitations(caller: Caller, query: MemberQueryDto): Promise<InvitationPageDto> {
    const whose = whoseAsked(caller, query.operator ?? false);
    return pageAnswer(await this.parts.links.invitations(whose, pageAsk(query)), invitationView);
  }

  async withdraw(caller: Caller, id: LinkId): Promise<void> {
    await this.parts.links.withdraw(whoseOf(caller), id, caller.actor);
  }

  async list(caller: Caller, query: MemberQueryDto): Promise<MemberPageDto> {
    const whose = whoseAsked(caller, query.operator ?? false);
    return pageAnswer(await this.parts.members.list(whose, pageAsk(query)), memberView);
  }

  async get(caller: Caller, id: UserId): Promise<MemberDto> {
    return memberView(found(await this.parts.members.get(whoseOf(caller), id), 'member'));
  }

  /** Whose rights have changed signs in again. */
  async patch(caller: Caller, id: UserId, patch: MemberPatchDto): Promise<MemberDto> {
    const whose = whoseAsked(caller, false);
    const member = await this.parts.members.patch(whose, id, { ...patch }, caller.actor);
    if (patch.role !== undefined) await this.signOut(id);
    return memberView(member);
  }

  async remove(caller: Caller, id: UserId): Promise<void> {
    await this.parts.members.remove(whoseOf(caller), id, caller.actor);
    await this.signOut(id);
  }

  /**
   * Whoever holds the link becomes this person, to all tenants: so only operators make it for who belongs to others too.
   *
   * @throws AppError 403 `member.of_others`
   */
  async reset(caller: Caller, id: UserId): Promise<ResetOnceDto> {
    const whose = whoseOf(caller);
    const { email } = await this.ownMember(caller, id);
    const { record, path } = await makeLink(this.parts, whose, { kind: 'reset', userId: id }, caller.actor);
    const url = this.parts.pagesUrl() + path;
    const mailed = await this.parts.letter.send('reset', { to: email, url, tenantName: null });
    return { url, expiresAt: timeText(record.expiresAt), mailed };
  }

  /** For who has lost their app and their recovery codes. All sessions of theirs end. @throws AppError 403 `member.of_others` */
  async switchTotpOff(caller: Caller, id: UserId): Promise<void> {
    await this.ownMember(caller, id);
    await this.parts.secondFactor.switchOff(id, caller.actor);
    this.parts.directory.forgetPerson(id);
  }

  /** Somebody who belongs to nobody else, unless an operator asks. */
  private async ownMember(caller: Caller, id: UserId): Promise<MemberRecord> {
    const member = found(await this.parts.members.get(whoseOf(caller), id), 'member');
    const person = found(await this.parts.users.get(id), 'member');
    if (person.memberships.length > 1 && !caller.operator) throw ofOthers();
    return member;
  }

  private async signOut(id: UserId): Promise<void> {
    await this.parts.sessions.endAll(id, null);
    this.parts.directory.forgetPerson(id);
  }
}

/** @throws AppError `request.invalid` */
function roleOf(whose: Whose, { role, agentId }: NewInvitationDto) {
  if (whose !== OPERATOR) {
    if (role !== undefined) return role;
    throw invalidRequest([
      { field: 'role', message: 'role is needed, unless it is an operator who is invited' },
    ]);
  }
  if (role === undefined && agentId == null) return 'operator';
  throw invalidRequest([{ field: 'role', message: 'operators have no other role, and are no agents' }]);
}

function ofOthers(): AppError {
  const message =
    'This person belongs to other tenants too: only they themselves, on the page /sign-in, or an operator may do this.';
  return new AppError('rejected', 'member.of_others', message, { status: 403 });
}

function memberView(member: MemberRecord): MemberDto {
  const { id, email, name, role, agentId } = member;
  const times = {
    memberSince: timeText(member.memberSince),
    lastSignInAt: timeTextOrNull(member.lastSignInAt),
  };
  return { id, email, name, role, agentId, ...times };
}

function invitationView({ id, email, role, agentId, createdAt, expiresAt }: LinkRecord): InvitationDto {
  const times = { createdAt: timeText(createdAt), expiresAt: timeText(expiresAt) };
  return { id, email: email ?? '', role: role ?? '', agentId, ...times };
}
