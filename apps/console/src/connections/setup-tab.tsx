import { NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { TextLink } from '../app/text-link';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { Loaded } from '../page/loaded';
import { useConnectionTexts } from './connection-texts';
import type { TabProps } from './tab-props';
import { NothingComes } from './nothing-comes';
import { UrlsToPaste } from './urls-to-paste';
import { connectionsKey, useGuide } from './use-connection';

const GRACES = [86_400, 3_600, 604_800, 0] as const;
type Grace = (typeof GRACES)[number];

/** The URLs to paste once more, a command to try them, and new ones. */
export function SetupTab({ tenant, connection }: TabProps): ReactNode {
  const texts = useConnectionTexts();
  const guide = useGuide(tenant, connection.id);
  return (
    <div className="side-by-side">
      <section className="panel">
        <Title order={2} size="h4" mb="sm">
          {texts.wizard.urls}
        </Title>
        <Loaded query={guide}>{(data) => <UrlsToPaste guide={data} />}</Loaded>
      </section>
      <Stack gap="md">
        <section className="panel">
          <Stack gap="sm" align="flex-start">
            <Loaded query={guide}>
              {({ trial }) => <NothingComes trial={trial} another={() => guide.refetch()} isLong={false} />}
            </Loaded>
            <TextLink
              to="/t/$tenant/connections/new"
              params={{ tenant }}
              search={{ connection: connection.id }}
              size="sm"
            >
              {texts.wizard.resume}
            </TextLink>
          </Stack>
        </section>
        <Rotate tenant={tenant} connection={connection} />
      </Stack>
    </div>
  );
}

function Rotate({ tenant, connection: { id } }: TabProps): ReactNode {
  const { setup } = useConnectionTexts();
  const [grace, setGrace] = useState<Grace>(GRACES[0]);
  return (
    <section className="panel">
      <Title order={2} size="h4" mb="xs">
        {setup.rotate}
      </Title>
      <Stack gap="sm">
        <Text size="sm">{setup.rotateAbout}</Text>
        <NativeSelect
          label={setup.grace}
          data={GRACES.map((seconds) => ({ value: String(seconds), label: setup.graces[seconds] }))}
          value={String(grace)}
          onChange={({ currentTarget: { value } }) => {
            setGrace(GRACES.find((seconds) => String(seconds) === value) ?? GRACES[0]);
          }}
        />
        <div>
          <ActionButton
            label={setup.rotate}
            color="red"
            confirm={setup.rotateAsk(setup.graces[grace])}
            act={() => ask('connections.rotate', { path: { id }, body: { graceSeconds: grace }, tenant })}
            stale={[connectionsKey(tenant)]}
          />
        </div>
        <OldUrls tenant={tenant} id={id} />
      </Stack>
    </section>
  );
}

function OldUrls({ tenant, id }: { tenant: string; id: string }): ReactNode {
  const { setup } = useConnectionTexts();
  const { data } = useQuery({
    queryKey: [...connectionsKey(tenant), id, 'urls'],
    queryFn: ({ signal }) => ask('connections.get', { path: { id }, tenant, signal }),
  });
  const old = data?.ingressUrls.filter(({ expiresAt }) => expiresAt !== null) ?? [];
  if (old.length === 0) return null;
  return (
    <div>
      <Text size="sm" fw={600}>
        {setup.old}
      </Text>
      <ul className="steps-to-do">
        {old.map(({ url, route, expiresAt }) => (
          <li key={url}>
            <bdi>{route}</bdi> {setup.until} <TimeText at={expiresAt} />
          </li>
        ))}
      </ul>
    </div>
  );
}
