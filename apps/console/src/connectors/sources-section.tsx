import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ContactSourceDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { mayManage } from '../app/may';
import { useRole } from '../app/use-role';
import { Loaded } from '../page/loaded';
import { SecretOnce } from '../page/secret-once';
import { isolated } from '../texts/isolated';
import { useOwnTexts, useTexts } from '../texts/language';
import { MatchPolicySection, useMatchPolicy } from './match-policy-section';
import { inOrder, moved } from './moved';
import { SourceCard } from './source-card';
import { own } from './texts';
import { sourcesKey, useSources } from './use-sources';

const DIRECTORY = 'directory';

/** Everybody who is asked who is calling, in order, and what counts where several know. */
export function SourcesSection({ tenant }: { tenant: string }): ReactNode {
  const { sources } = useOwnTexts(own);
  const isAdmin = mayManage(useRole(tenant));
  const query = useSources(tenant);
  return (
    <>
      <Text size="sm">{sources.about}</Text>
      <Loaded query={query}>
        {(all) => (
          <>
            {all.length === 0 && <Text size="sm">{sources.none}</Text>}
            <Order tenant={tenant} all={all} isAdmin={isAdmin} />
            <Stack gap="sm">
              {all.map((source) => (
                <SourceCard key={source.id} {...{ tenant, source, isAdmin }} />
              ))}
            </Stack>
          </>
        )}
      </Loaded>
      {isAdmin && <AddServer tenant={tenant} />}
      <MatchPolicySection tenant={tenant} isAdmin={isAdmin} />
    </>
  );
}

interface OrderProps {
  tenant: string;
  all: readonly ContactSourceDto[];
  isAdmin: boolean;
}

function Order({ tenant, all, isAdmin }: OrderProps): ReactNode {
  const { sources } = useOwnTexts(own);
  const { places } = useTexts();
  const { query, put } = useMatchPolicy(tenant);
  if (all.length === 0) return null;
  return (
    <section className="con-section">
      <Title order={2}>{sources.order}</Title>
      <Loaded query={query}>
        {(policy) => {
          const named = [{ id: DIRECTORY, name: places.contacts }, ...all];
          const ordered = inOrder(named, policy.sources);
          const move = (id: string, by: 1 | -1) => () => {
            put.mutate({
              ...policy,
              sources: moved(
                ordered.map((one) => one.id),
                id,
                by,
              ),
            });
          };
          return (
            <ol>
              {ordered.map(({ id, name }, index) => (
                <li key={id}>
                  <bdi>{name}</bdi>{' '}
                  {isAdmin && (
                    <>
                      <Button
                        size="compact-xs"
                        variant="default"
                        aria-label={sources.up(isolated(name))}
                        disabled={index === 0}
                        onClick={move(id, -1)}
                      >
                        ↑
                      </Button>{' '}
                      <Button
                        size="compact-xs"
                        variant="default"
                        aria-label={sources.down(isolated(name))}
                        disabled={index === ordered.length - 1}
                        onClick={move(id, 1)}
                      >
                        ↓
                      </Button>
                    </>
                  )}
                </li>
              ))}
            </ol>
          );
        }}
      </Loaded>
      {put.error !== null && <ProblemNotice error={put.error} />}
    </section>
  );
}

function AddServer({ tenant }: { tenant: string }): ReactNode {
  const { sources } = useOwnTexts(own);
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [url, setUrl] = useState('');
  const add = useMutation({
    mutationFn: () => ask('contactSources.create', { body: { name, url, kind: 'http' }, tenant }),
    onSuccess: async () => {
      setName('');
      setUrl('');
      await client.invalidateQueries({ queryKey: sourcesKey(tenant) });
    },
  });
  return (
    <section className="con-section">
      <Title order={2}>{sources.addServer}</Title>
      <Text size="sm">{sources.serverAbout}</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate();
        }}
      >
        <Group gap="xs" align="end">
          <TextInput
            size="xs"
            label={sources.name}
            value={name}
            onChange={({ currentTarget: { value } }) => {
              setName(value);
            }}
          />
          <TextInput
            size="xs"
            label={sources.url}
            dir="ltr"
            type="url"
            value={url}
            onChange={({ currentTarget: { value } }) => {
              setUrl(value);
            }}
          />
          <Button
            type="submit"
            size="xs"
            disabled={name.trim() === '' || url.trim() === ''}
            loading={add.isPending}
          >
            {sources.make}
          </Button>
        </Group>
      </form>
      {add.error !== null && <ProblemNotice error={add.error} />}
      {add.data?.secret != null && <SecretOnce title={sources.secret} secret={add.data.secret} />}
    </section>
  );
}
