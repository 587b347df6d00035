import { NativeSelect, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { MemberDto, MemberPatchDto, ResetOnceDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { useSession } from '../app/session';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { SecretOnce } from '../page/secret-once';
import { isolated } from '../texts/isolated';
import { useOwnTexts, useTexts } from '../texts/language';
import { AgentSelect } from './agent-select';
import { TENANT_ROLES } from './people-part';
import { own } from './people-texts';
import { own as words } from './texts';

interface MemberRowProps {
  member: MemberDto;
  tenant: string;
}

/** Somebody of the tenant: what they may, and what an administrator can do for them. */
export function MemberRow({ member, tenant }: MemberRowProps): ReactNode {
  const texts = useOwnTexts(own);
  const { roles } = useTexts();
  const client = useQueryClient();
  const isSelf = useSession()?.user.id === member.id;
  const { id, name, email, role, agentId, lastSignInAt } = member;
  const patch = useMutation({
    mutationFn: (body: MemberPatchDto) => ask('users.patch', { path: { id }, body, tenant }),
    onSettled: () => client.invalidateQueries({ queryKey: ['settings', tenant, 'users'] }),
  });
  return (
    <li>
      <div className="settings-what">
        <b>
          <bdi>{name}</bdi>
        </b>{' '}
        {isSelf && `(${texts.you}) `}
        <bdi>{email}</bdi>
        <Text size="sm" c="dimmed" component="div">
          {texts.lastSignIn} <TimeText at={lastSignInAt} />
        </Text>
        {patch.error !== null && <ProblemNotice error={patch.error} />}
      </div>
      <div className="settings-acts">
        <NativeSelect
          size="xs"
          label={texts.role}
          disabled={isSelf || patch.isPending}
          data={TENANT_ROLES.map((one) => ({ value: one, label: roles[one] }))}
          value={role}
          onChange={({ currentTarget: { value } }) => {
            patch.mutate({ role: TENANT_ROLES.find((one) => one === value) });
          }}
        />
        <AgentSelect
          size="xs"
          tenant={tenant}
          value={agentId}
          choose={(chosen) => {
            patch.mutate({ agentId: chosen });
          }}
        />
        {!isSelf && <Acts member={member} tenant={tenant} />}
      </div>
    </li>
  );
}

function Acts({ member: { id, name }, tenant }: MemberRowProps): ReactNode {
  const texts = useOwnTexts(own);
  const { remove } = useOwnTexts(words);
  const [made, setMade] = useState<ResetOnceDto>();
  const who = isolated(name);
  const stale = [['settings', tenant, 'users']];
  return (
    <>
      <ActionButton
        label={texts.reset}
        variant="default"
        confirm={texts.resetConfirm(who)}
        act={async () => {
          setMade(await ask('users.reset', { path: { id }, tenant }));
        }}
      />
      <ActionButton
        label={texts.totpOff}
        variant="default"
        confirm={texts.totpOffConfirm(who)}
        act={() => ask('users.switchTotpOff', { path: { id }, tenant })}
        stale={stale}
      />
      <ActionButton
        label={remove}
        color="red"
        variant="outline"
        confirm={texts.remove(who)}
        act={() => ask('users.remove', { path: { id }, tenant })}
        stale={stale}
      />
      {made !== undefined && (
        <SecretOnce title={texts.resetLink(who)} secret={made.url}>
          <Text size="sm">{made.mailed ? texts.mailed : texts.notMailed}</Text>
        </SecretOnce>
      )}
    </>
  );
}
