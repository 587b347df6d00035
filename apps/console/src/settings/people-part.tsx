import { NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { InvitationOnceDto } from '../api/operations';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { SecretOnce } from '../page/secret-once';
import { isolated } from '../texts/isolated';
import { useOwnTexts, useTexts } from '../texts/language';
import { AgentSelect } from './agent-select';
import { MemberRow } from './member-row';
import { MoreButton } from './more-button';
import { Part } from './part';
import { own } from './people-texts';
import { SendForm } from './send-form';

const PAGE = 50;
export const TENANT_ROLES = ['admin', 'supervisor', 'agent'] as const;
export type TenantRole = (typeof TENANT_ROLES)[number];

/** Who may sign in to the tenant, and who is invited to. */
export function PeoplePart({ tenant }: { tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { rows, query } = usePages(['settings', tenant, 'users'], (cursor, signal) =>
    ask('users.list', { query: { limit: PAGE, cursor }, tenant, signal }),
  );
  return (
    <>
      <Part title={texts.invite}>
        <Invite tenant={tenant} />
      </Part>
      <Invitations tenant={tenant} />
      <Part title={texts.members}>
        <Listed error={query.error} retry={query.refetch} count={rows?.length} none={texts.noMembers}>
          <ul className="settings-rows">
            {rows?.map((member) => (
              <MemberRow key={member.id} member={member} tenant={tenant} />
            ))}
          </ul>
          <MoreButton query={query} />
        </Listed>
      </Part>
    </>
  );
}

function Invite({ tenant }: { tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { roles } = useTexts();
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<TenantRole>('supervisor');
  const [agentId, setAgent] = useState<string | null>(null);
  const [made, setMade] = useState<InvitationOnceDto>();
  return (
    <Stack gap="sm">
      <SendForm
        label={texts.send}
        send={() => ask('invitations.create', { body: { email, role, agentId }, tenant })}
        stale={[['settings', tenant, 'invitations']]}
        whenSent={(answer) => {
          setMade(answer);
          setEmail('');
        }}
      >
        <TextInput
          label={texts.email}
          type="email"
          required
          withAsterisk={false}
          value={email}
          onChange={({ currentTarget }) => {
            setEmail(currentTarget.value);
          }}
        />
        <NativeSelect
          label={texts.role}
          data={TENANT_ROLES.map((one) => ({ value: one, label: roles[one] }))}
          value={role}
          onChange={({ currentTarget: { value } }) => {
            setRole(TENANT_ROLES.find((one) => one === value) ?? 'agent');
          }}
        />
        <AgentSelect tenant={tenant} value={agentId} choose={setAgent} />
      </SendForm>
      {made !== undefined && (
        <SecretOnce title={texts.inviteLink(isolated(made.email))} secret={made.url}>
          <Text size="sm">{made.mailed ? texts.mailed : texts.notMailed}</Text>
        </SecretOnce>
      )}
    </Stack>
  );
}

function Invitations({ tenant }: { tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { roles } = useTexts();
  const { rows, query } = usePages(['settings', tenant, 'invitations'], (cursor, signal) =>
    ask('invitations.list', { query: { limit: PAGE, cursor }, tenant, signal }),
  );
  return (
    <Part title={texts.invitations}>
      <Listed error={query.error} retry={query.refetch} count={rows?.length} none={texts.noInvitations}>
        <ul className="settings-rows">
          {rows?.map(({ id, email, role, expiresAt }) => (
            <li key={id}>
              <div className="settings-what">
                <bdi>{email}</bdi> · {roles[role]}
                <Text size="sm" c="dimmed" component="div">
                  {texts.until} <TimeText at={expiresAt} />
                </Text>
              </div>
              <ActionButton
                label={texts.withdraw}
                variant="default"
                confirm={texts.withdrawConfirm(isolated(email))}
                act={() => ask('invitations.remove', { path: { id }, tenant })}
                stale={[['settings', tenant, 'invitations']]}
              />
            </li>
          ))}
        </ul>
        <MoreButton query={query} />
      </Listed>
    </Part>
  );
}
