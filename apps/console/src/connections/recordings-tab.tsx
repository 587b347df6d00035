import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import { RecordingsForm } from './recordings-form';
import type { TabProps } from './tab-props';
import { own } from './texts';
import { connectionsKey } from './use-connection';

/** How recordings are fetched from where the PBX keeps them. */
export function RecordingsTab({ tenant, connection: { id } }: TabProps): ReactNode {
  const { recordings } = useOwnTexts(own);
  const key = [...connectionsKey(tenant), id, 'recording-access'];
  const access = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask('recordingAccess.get', { path: { id }, tenant, signal }),
    refetchOnWindowFocus: false,
  });
  return (
    <Stack gap="md" className="narrow">
      <Text size="sm" c="dimmed">
        {recordings.about}
      </Text>
      <Loaded query={access}>
        {(data) => <RecordingsForm tenant={tenant} id={id} access={data} stale={[key]} />}
      </Loaded>
    </Stack>
  );
}
