import { Button, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { GrantDto, GrantJourneyDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { CopyButton } from '../page/copy-button';
import { Loaded } from '../page/loaded';
import { isolated } from '../texts/isolated';
import { useOwnTexts } from '../texts/language';
import type { ConnectionProps } from './connector-page';
import { RedirectAddress } from './credential-fields';
import { own } from './texts';

/** While a link is out: somebody may agree in another window. */
const ASK_AGAIN_MS = 3_000;

/** Who agreed on the CRM's page that we act for them, and links for more of them. */
export function GrantsSection({ tenant, endpoint: { id } }: ConnectionProps): ReactNode {
  const { grants } = useOwnTexts(own);
  const client = useQueryClient();
  const [label, setLabel] = useState('');
  const [journey, setJourney] = useState<GrantJourneyDto>();
  const queryKey = ['endpoints', tenant, id, 'grants'];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => ask('endpointGrants.list', { path: { id }, tenant, signal }),
    refetchInterval: journey === undefined ? false : ASK_AGAIN_MS,
  });
  const link = useMutation({
    mutationFn: (grantId: string | undefined) =>
      grantId === undefined
        ? ask('endpointGrants.add', { path: { id }, body: { label: label.trim() }, tenant })
        : ask('endpointGrants.reconnect', { path: { id, grantId }, tenant }),
    onSuccess: async (begun) => {
      setJourney(begun);
      setLabel('');
      await client.invalidateQueries({ queryKey });
    },
  });
  return (
    <section className="con-section">
      <Title order={2}>{grants.title}</Title>
      <Text size="sm">{grants.about}</Text>
      <Loaded query={query}>
        {({ data }) =>
          data.length === 0 ? (
            <Text size="sm">{grants.nobody}</Text>
          ) : (
            <Stack gap="xs">
              {data.map((grant) => (
                <GrantRow
                  key={grant.id}
                  {...{ tenant, endpointId: id, grant, stale: queryKey }}
                  again={link.mutate}
                />
              ))}
            </Stack>
          )
        }
      </Loaded>
      {journey === undefined ? (
        <Group align="end" gap="xs">
          <TextInput
            size="xs"
            label={grants.label}
            value={label}
            maxLength={100}
            onChange={({ currentTarget: { value } }) => {
              setLabel(value);
            }}
          />
          <Button
            size="xs"
            disabled={label.trim() === ''}
            loading={link.isPending}
            onClick={() => {
              link.mutate(undefined);
            }}
          >
            {grants.ask}
          </Button>
        </Group>
      ) : (
        <Journey journey={journey} />
      )}
      {link.error !== null && <ProblemNotice error={link.error} />}
    </section>
  );
}

function Journey({ journey: { url, redirectUri } }: { journey: GrantJourneyDto }): ReactNode {
  const { grants } = useOwnTexts(own);
  return (
    <Stack gap="xs" align="flex-start" role="status">
      <Text size="sm">{grants.opens}</Text>
      <Group gap="xs">
        <Button component="a" size="xs" href={url}>
          {grants.open}
        </Button>
        <CopyButton text={url} label={grants.copy} />
      </Group>
      <RedirectAddress address={redirectUri} />
    </Stack>
  );
}

const TONES: Readonly<Record<GrantDto['state'], string>> = {
  waiting: 'tone-waiting',
  good: 'tone-good',
  needs_attention: 'tone-bad',
};

interface GrantRowProps {
  tenant: string;
  endpointId: string;
  grant: GrantDto;
  stale: readonly unknown[];
  again: (grantId: string) => void;
}

function GrantRow({ tenant, endpointId: id, grant, stale, again }: GrantRowProps): ReactNode {
  const { grants } = useOwnTexts(own);
  const { label, state, reason, since, usedUntil } = grant;
  return (
    <div className="con-card">
      <Text size="sm">
        {grant.position}. <bdi>{label}</bdi> · <span className={TONES[state]}>{grants.states[state]}</span> ·{' '}
        {grants.since} <TimeText at={since} />
        {usedUntil !== null && (
          <>
            {' · '}
            {grants.until} <TimeText at={usedUntil} />
          </>
        )}
      </Text>
      {reason !== null && (
        <Text size="sm">
          <bdi lang="en">{reason}</bdi>
        </Text>
      )}
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            again(grant.id);
          }}
        >
          {grants.reconnect}
        </Button>
        <ActionButton
          label={grants.remove}
          variant="default"
          color="red"
          confirm={grants.removeSure(isolated(label))}
          stale={[stale]}
          act={() => ask('endpointGrants.remove', { path: { id, grantId: grant.id }, tenant })}
        />
      </Group>
    </div>
  );
}
