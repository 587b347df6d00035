import { Button, Group, NativeSelect, Stack, Table, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ApiKeyDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { Loaded } from '../page/loaded';
import { SecretOnce } from '../page/secret-once';
import { isolated } from '../texts/isolated';
import { useOwnTexts } from '../texts/language';
import { Section } from './section';
import { own } from './texts';

const KEY = ['operator', 'keys'];
const MOST = 200;
/** Each with those below it. */
const SCOPES = ['admin', 'write', 'read'] as const;
type Scope = (typeof SCOPES)[number];

/** Keys of the operator: they may act for every tenant. */
export function KeysTab(): ReactNode {
  const texts = useOwnTexts(own);
  const keys = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => ask('apiKeys.list', { query: { operator: true, limit: MOST }, signal }),
  });
  return (
    <Stack gap="lg">
      <NewKey />
      <Loaded query={keys}>
        {({ data }) => (
          <Section
            title={texts.tabs.keys}
            columns={[texts.keyName, texts.scopes, texts.lastUsed, texts.endsAt, texts.acts]}
          >
            {data.map((key) => (
              <Key key={key.id} of={key} />
            ))}
          </Section>
        )}
      </Loaded>
    </Stack>
  );
}

function Key({
  of: { id, name, prefix, scopes, lastUsedAt, expiresAt, revokedAt },
}: {
  of: ApiKeyDto;
}): ReactNode {
  const texts = useOwnTexts(own);
  return (
    <Table.Tr>
      <Table.Td>
        <bdi>{name}</bdi>
        <Text size="sm" c="dimmed" className="key-prefix">
          <bdi>{prefix}…</bdi>
        </Text>
      </Table.Td>
      <Table.Td>{scopes.map((scope) => texts.scopeNames[scope]).join(', ')}</Table.Td>
      <Table.Td>{lastUsedAt === null ? texts.never : <TimeText at={lastUsedAt} />}</Table.Td>
      <Table.Td>{expiresAt === null ? texts.never : <TimeText at={expiresAt} />}</Table.Td>
      <Table.Td>
        {revokedAt === null ? (
          <ActionButton
            label={texts.revoke}
            variant="default"
            color="red"
            confirm={texts.revokeAsk(isolated(name))}
            act={() => ask('apiKeys.revoke', { path: { id } })}
            stale={[KEY]}
          />
        ) : (
          <span className="tone-quiet">
            {texts.revoked} <TimeText at={revokedAt} />
          </span>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function NewKey(): ReactNode {
  const texts = useOwnTexts(own);
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [scope, setScope] = useState<Scope>('read');
  const making = useMutation({
    mutationFn: () =>
      ask('apiKeys.create', {
        body: { name: name.trim(), scopes: SCOPES.slice(SCOPES.indexOf(scope)), operator: true },
      }),
    onSuccess: async () => {
      setName('');
      await client.invalidateQueries({ queryKey: KEY });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        making.mutate();
      }}
    >
      <Stack gap="xs">
        <Group align="flex-end" gap="xs">
          <TextInput
            size="xs"
            required
            dir="auto"
            maxLength={200}
            label={texts.keyName}
            value={name}
            onChange={({ currentTarget }) => {
              setName(currentTarget.value);
            }}
          />
          <NativeSelect
            size="xs"
            label={texts.scopes}
            data={SCOPES.map((value) => ({ value, label: texts.scopeNames[value] }))}
            value={scope}
            onChange={({ currentTarget }) => {
              setScope(SCOPES.find((one) => one === currentTarget.value) ?? 'read');
            }}
          />
          <Button size="xs" type="submit" loading={making.isPending}>
            {texts.makeKey}
          </Button>
        </Group>
        {making.error !== null && <ProblemNotice error={making.error} />}
        {making.data !== undefined && <SecretOnce title={making.data.name} secret={making.data.key} />}
      </Stack>
    </form>
  );
}
