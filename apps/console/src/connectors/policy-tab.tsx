import { Button, Group, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { PolicyMemberDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { mayManage } from '../app/may';
import { useRole } from '../app/use-role';
import { useOwnTexts } from '../texts/language';
import type { ConnectionProps } from './connector-page';
import { MatchPolicySection } from './match-policy-section';
import { PolicyField } from './policy-field';
import { GROUPS, policyDraft, policyOf, type Group as PolicyGroup } from './policy-of';
import { own } from './texts';

/** Which calls are logged, on whom and in which words: each choice in a sentence, with an example. */
export function PolicyTab(props: ConnectionProps): ReactNode {
  const { tenant, endpoint, connector } = props;
  const { policy, list } = useOwnTexts(own);
  const isAdmin = mayManage(useRole(tenant));
  const client = useQueryClient();
  const { logging, ...others } = endpoint.formatSettings;
  const kept = typeof logging === 'object' && logging !== null ? (logging as Record<string, unknown>) : {};
  const [draft, setDraft] = useState(() => policyDraft(connector.policy, kept));
  const save = useMutation({
    mutationFn: () => {
      const formatSettings = { ...others, logging: policyOf(connector.policy, draft) };
      return ask('endpoints.patch', { path: { id: endpoint.id }, body: { formatSettings }, tenant });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['endpoints', tenant] }),
  });
  return (
    <>
      <form
        className="con-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Title order={2} size="h4">
          {policy.title}
        </Title>
        {!isAdmin && (
          <Text size="sm" c="dimmed">
            {list.adminOnly}
          </Text>
        )}
        {groupsOf(connector.policy).map(([group, members]) => (
          <fieldset key={group} disabled={!isAdmin}>
            <legend>{policy.groups[group]}</legend>
            {members.map((member) => (
              <PolicyField
                key={member.name}
                member={member}
                value={draft[member.name]}
                change={(value) => {
                  save.reset();
                  setDraft({ ...draft, [member.name]: value });
                }}
              />
            ))}
          </fieldset>
        ))}
        {save.error !== null && <ProblemNotice error={save.error} />}
        <Group>
          <Button type="submit" disabled={!isAdmin} loading={save.isPending}>
            {policy.save}
          </Button>
          {save.isSuccess && (
            <Text size="sm" role="status">
              {policy.saved}
            </Text>
          )}
        </Group>
      </form>
      <MatchPolicySection tenant={tenant} isAdmin={isAdmin} />
    </>
  );
}

/** Those that the connector has no place for are left out; one that is new to us comes last. */
function groupsOf(members: readonly PolicyMemberDto[]): [PolicyGroup, PolicyMemberDto[]][] {
  const known: readonly string[] = Object.values(GROUPS).flat();
  return (Object.keys(GROUPS) as PolicyGroup[]).map((group) => {
    const names: readonly string[] = GROUPS[group];
    const mine = names.flatMap((name) => members.find((one) => one.name === name) ?? []);
    const rest = group === 'tasks' ? members.filter(({ name }) => !known.includes(name)) : [];
    return [group, [...mine, ...rest].filter(({ values }) => values?.length !== 0)];
  });
}
