import { Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { useOwnTexts } from '../texts/language';
import { AgentRows } from './agent-rows';
import { ExtensionRows } from './extension-rows';
import { LabelRows } from './label-rows';
import type { TabProps } from './tab-props';
import { own } from './texts';
import { connectionsKey } from './use-connection';
import { useMayManage } from './use-may-manage';

/** Who takes the calls of a PBX: its extensions, whose they are, and what its queues are called. */
export function PeopleTab({ tenant, connection: { id } }: TabProps): ReactNode {
  const { people } = useOwnTexts(own);
  return (
    <Stack gap="xl">
      <Text size="sm" c="dimmed">
        {people.about}
      </Text>
      <ExtensionRows tenant={tenant} id={id} />
      <AgentRows tenant={tenant} />
      <Queues tenant={tenant} id={id} />
    </Stack>
  );
}

function Queues({ tenant, id }: { tenant: string; id: string }): ReactNode {
  const { people } = useOwnTexts(own);
  const key = [...connectionsKey(tenant), id, 'queues'];
  const { rows, query } = usePages(key, (cursor, signal) =>
    ask('queues.list', { path: { id }, query: { limit: 100, cursor }, tenant, signal }),
  );
  const mayChange = useMayManage(tenant);
  return (
    <Listed error={query.error} retry={query.refetch} count={rows && 1} none="">
      <LabelRows
        words={{
          title: people.queues,
          about: people.queuesAbout,
          none: people.noQueues,
          add: people.addQueue,
          name: people.id,
        }}
        rows={(rows ?? []).map((queue) => ({ name: queue.id, label: queue.label }))}
        mayChange={mayChange}
        put={({ name, label }) => ask('queues.put', { path: { id, queueId: name }, body: { label }, tenant })}
        remove={(queueId) => ask('queues.remove', { path: { id, queueId }, tenant })}
        stale={[key]}
        more={query.hasNextPage ? query.fetchNextPage : undefined}
      />
    </Listed>
  );
}
