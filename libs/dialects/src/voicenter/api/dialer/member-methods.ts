/** Who works for a campaign (seed 6.4 to 6.6). */
import type { AnyRequest } from '../../../content/any-request.js';
import { asks, invalid, missing, type AskReading } from '../api-route.js';
import { campaignOf, dialerRoute } from './dialer-route.js';

const LONGEST_MEMBER = 64;

export const getMembersList = dialerRoute({
  method: 'GetMembersList',
  kind: 'list_members',
  changes: false,
  read: (asked) => {
    const of = campaignOf(asked);
    return of.ok ? asks({ kind: 'list_members', campaign: of.campaign }) : of;
  },
  data: (told) =>
    told.kind === 'list_members'
      ? told.members.map(({ member, displayName }) => ({ Member: member, DisplayName: displayName }))
      : [],
});

export const removeMember = dialerRoute({
  method: 'RemoveMember',
  kind: 'remove_member',
  changes: true,
  read: (asked) => readMember(asked, 'remove_member'),
  data: (told) => ({ TotalRemoved: told.kind === 'remove_member' ? told.removed : 0 }),
});

export const addMember = dialerRoute({
  method: 'AddMember',
  kind: 'add_member',
  changes: true,
  read: (asked) => readMember(asked, 'add_member'),
  data: (told) => ({ TotalAdded: told.kind === 'add_member' ? told.added : 0 }),
});

function readMember(asked: AnyRequest, kind: 'add_member' | 'remove_member'): AskReading {
  const of = campaignOf(asked);
  if (!of.ok) return of;
  const member = asked.fields.text('member');
  if (member === null) return missing('Member');
  if (member.length > LONGEST_MEMBER) return invalid('member', 'Member is too long.');
  return asks({ kind, campaign: of.campaign, member });
}
