import { Alert, Anchor, Button, Code, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { GrantDto, GrantJourneyDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { CopyButton } from '../page/copy-button';
import { Facts } from '../page/facts';
import { Loaded } from '../page/loaded';
import { isolated } from '../texts/isolated';
import { useOwnTexts } from '../texts/language';
import { ownAccess } from './access-texts';

interface Of {
  id: string;
  tenant: string;
}

/** Somebody may be agreeing in another tab. */
const LOOK_EVERY_MS = 5_000;

/** Who agreed on the CRM's own page, in the order in which they are used. */
export function Grants({ id, tenant }: Of): ReactNode {
  const texts = useOwnTexts(ownAccess);
  const client = useQueryClient();
  const [journey, setJourney] = useState<GrantJourneyDto>();
  const queryKey = ['endpoints', tenant, id, 'grants'];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => ask('endpointGrants.list', { path: { id }, tenant, signal }),
    refetchInterval: journey === undefined ? false : LOOK_EVERY_MS,
  });
  const began = (next: GrantJourneyDto): void => {
    setJourney(next);
    void client.invalidateQueries({ queryKey });
  };
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {texts.grants}
      </Title>
      <Stack gap="sm">
        <Text size="sm">{texts.grantsAbout}</Text>
        <Loaded query={query}>
          {({ data }) => (
            <>
              {data.length === 0 && <Text size="sm">{texts.noGrants}</Text>}
              {data.map((grant) => (
                <Grant key={grant.id} grant={grant} id={id} tenant={tenant} began={began} />
              ))}
              {journey !== undefined && <Journey journey={journey} grants={data} />}
            </>
          )}
        </Loaded>
        <AddGrant id={id} tenant={tenant} began={began} />
      </Stack>
    </section>
  );
}

interface GrantProps extends Of {
  grant: GrantDto;
  began: (journey: GrantJourneyDto) => void;
}

function Grant({ grant, id, tenant, began }: GrantProps): ReactNode {
  const texts = useOwnTexts(ownAccess);
  const path = { id, grantId: grant.id };
  const tone = { good: 'tone-good', waiting: 'tone-waiting', needs_attention: 'tone-bad' }[grant.state];
  return (
    <div className="card">
      <Group justify="space-between" gap="xs">
        <Text size="sm">
          <b>
            {grant.position}. <bdi>{grant.label}</bdi>
          </b>{' '}
          <span className={tone}>{texts.states[grant.state]}</span>
        </Text>
        <Group gap="xs">
          <ActionButton
            label={texts.reconnect}
            variant={grant.state === 'good' ? 'default' : 'filled'}
            act={async () => {
              began(await ask('endpointGrants.reconnect', { path, tenant }));
            }}
          />
          <ActionButton
            label={texts.removeGrant}
            color="red"
            variant="outline"
            act={() => ask('endpointGrants.remove', { path, tenant })}
            stale={[['endpoints', tenant, id]]}
            confirm={texts.removeGrantAbout(isolated(grant.label))}
          />
        </Group>
      </Group>
      {grant.reason !== null && (
        <Text size="sm">
          <bdi>{grant.reason}</bdi>
        </Text>
      )}
      <Facts
        of={{
          [texts.connected]: <TimeText at={grant.connectedAt} />,
          [texts.renewed]: grant.renewedAt === null ? undefined : <TimeText at={grant.renewedAt} />,
          [texts.ends]: grant.endsAt === null ? undefined : <TimeText at={grant.endsAt} />,
          [texts.baseUrl]: grant.baseUrl === null ? undefined : <bdi>{grant.baseUrl}</bdi>,
        }}
      />
    </div>
  );
}

function AddGrant({ id, tenant, began }: Omit<GrantProps, 'grant'>): ReactNode {
  const texts = useOwnTexts(ownAccess);
  const [label, setLabel] = useState('');
  const add = useMutation({
    mutationFn: () => ask('endpointGrants.add', { path: { id }, body: { label }, tenant }),
    onSuccess: (journey) => {
      setLabel('');
      began(journey);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <Group align="end" gap="sm">
        <TextInput
          label={texts.label}
          value={label}
          onChange={(event) => {
            setLabel(event.currentTarget.value);
          }}
        />
        <Button type="submit" disabled={label.trim() === ''} loading={add.isPending}>
          {texts.add}
        </Button>
      </Group>
      {add.error !== null && <ProblemNotice error={add.error} />}
    </form>
  );
}

/** Where to go on, until somebody has agreed there. */
function Journey({ journey, grants }: { journey: GrantJourneyDto; grants: readonly GrantDto[] }): ReactNode {
  const texts = useOwnTexts(ownAccess);
  const now = grants.find(({ id }) => id === journey.grant.id);
  const isOver = now !== undefined && now.connectedAt !== journey.grant.connectedAt;
  if (isOver) return null;
  return (
    <Alert color="blue" variant="outline" title={texts.journey} role="status">
      <Stack gap="xs" align="flex-start">
        <Anchor href={journey.url} target="_blank" rel="noopener noreferrer" fw={600}>
          {texts.journeyOpen}
        </Anchor>
        <Text size="sm">
          {texts.journeyAbout} <TimeText at={journey.expiresAt} />
        </Text>
        <Text size="sm">{texts.redirect}</Text>
        <Group gap="xs">
          <Code dir="ltr">{journey.redirectUri}</Code>
          <CopyButton text={journey.redirectUri} />
        </Group>
      </Stack>
    </Alert>
  );
}
