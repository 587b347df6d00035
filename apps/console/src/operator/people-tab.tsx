import { Button, Group, Stack, Table, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { MemberDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { useSession } from '../app/session';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { Loaded } from '../page/loaded';
import { SecretOnce } from '../page/secret-once';
import { isolated } from '../texts/isolated';
import { useOwnTexts } from '../texts/language';
import { MOST, OPERATORS } from './operators';
import { Section } from './section';
import { own } from './texts';

const KEY = ['operator', 'people'];

/** Operators themselves, and who is invited to be one. */
export function PeopleTab(): ReactNode {
  const texts = useOwnTexts(own);
  const people = useQuery(OPERATORS);
  const invited = useQuery({
    queryKey: [...KEY, 'invitations'],
    queryFn: ({ signal }) => ask('invitations.list', { query: { operator: true, limit: MOST }, signal }),
  });
  return (
    <Stack gap="lg">
      <Invite />
      <Loaded query={people}>
        {({ data }) => (
          <Section title={texts.tabs.people} columns={[texts.person, texts.lastIn, texts.since_, texts.acts]}>
            {data.map((person) => (
              <Person key={person.id} person={person} />
            ))}
          </Section>
        )}
      </Loaded>
      <Loaded query={invited}>
        {({ data }) =>
          data.length > 0 && (
            <Section title={texts.invited} columns={[texts.email, texts.endsAt, texts.acts]}>
              {data.map(({ id, email, expiresAt }) => (
                <Table.Tr key={id}>
                  <Table.Td>
                    <bdi>{email}</bdi>
                  </Table.Td>
                  <Table.Td>
                    <TimeText at={expiresAt} />
                  </Table.Td>
                  <Table.Td>
                    <ActionButton
                      label={texts.takeBack}
                      variant="default"
                      act={() => ask('invitations.remove', { path: { id } })}
                      stale={[KEY]}
                    />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Section>
          )
        }
      </Loaded>
    </Stack>
  );
}

function Person({
  person: { id, name, email, lastSignInAt, memberSince },
}: {
  person: MemberDto;
}): ReactNode {
  const texts = useOwnTexts(own);
  const [link, setLink] = useState<string>();
  const isOneself = useSession()?.user.id === id;
  return (
    <Table.Tr>
      <Table.Td>
        <bdi>{name}</bdi>
        <Text size="sm" c="dimmed">
          <bdi>{email}</bdi>
        </Text>
        {link !== undefined && <SecretOnce title={texts.resetLink} secret={link} />}
      </Table.Td>
      <Table.Td>
        <TimeText at={lastSignInAt} />
      </Table.Td>
      <Table.Td>
        <TimeText at={memberSince} />
      </Table.Td>
      <Table.Td>
        {isOneself ? (
          texts.you
        ) : (
          <Group gap="xs">
            <ActionButton
              label={texts.reset}
              variant="default"
              confirm={texts.resetAsk(isolated(name))}
              act={async () => {
                const { url } = await ask('users.reset', { path: { id } });
                setLink(url);
              }}
            />
            <ActionButton
              label={texts.remove}
              variant="default"
              color="red"
              confirm={texts.removeAsk(isolated(name))}
              act={() => ask('users.remove', { path: { id } })}
              stale={[KEY]}
            />
          </Group>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Invite(): ReactNode {
  const texts = useOwnTexts(own);
  const client = useQueryClient();
  const [email, setEmail] = useState('');
  const inviting = useMutation({
    mutationFn: () => ask('invitations.create', { body: { email: email.trim(), operator: true } }),
    onSuccess: async () => {
      setEmail('');
      await client.invalidateQueries({ queryKey: KEY });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        inviting.mutate();
      }}
    >
      <Stack gap="xs">
        <Group align="flex-end" gap="xs">
          <TextInput
            size="xs"
            type="email"
            dir="ltr"
            required
            label={texts.inviteEmail}
            value={email}
            onChange={({ currentTarget }) => {
              setEmail(currentTarget.value);
            }}
          />
          <Button size="xs" type="submit" loading={inviting.isPending}>
            {texts.invite}
          </Button>
        </Group>
        {inviting.error !== null && <ProblemNotice error={inviting.error} />}
        {inviting.data !== undefined && (
          <SecretOnce title={texts.invitationLink(inviting.data.email)} secret={inviting.data.url}>
            {inviting.data.mailed && <Text size="sm">{texts.mailedToo}</Text>}
          </SecretOnce>
        )}
      </Stack>
    </form>
  );
}
