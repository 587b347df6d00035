import { Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { ActionButton } from '../page/action-button';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import type { PartProps } from './part-props';
import { own } from './texts';

/** The phones that a campaign calls for, and whose they are. */
export function PeopleTab({ campaign, tenant }: PartProps): ReactNode {
  const { people } = useOwnTexts(own);
  const [text, setText] = useState('');
  const path = { id: campaign.id };
  const key = ['campaigns', tenant, campaign.id, 'members'];
  const members = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask('campaignMembers.list', { path, tenant, signal }),
  });
  const extensions = text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
  return (
    <Stack gap="sm" maw={760}>
      <Text size="sm">{people.about}</Text>
      <Group gap="xs" align="flex-end">
        <TextInput
          size="xs"
          label={people.add}
          description={people.addHint}
          dir="auto"
          value={text}
          onChange={({ currentTarget: { value } }) => {
            setText(value);
          }}
        />
        <ActionButton
          label={people.addNow}
          disabled={extensions.length === 0}
          act={() => ask('campaignMembers.add', { path, body: { extensions }, tenant })}
          stale={[['campaigns', tenant, campaign.id]]}
          whenDone={() => {
            setText('');
          }}
        />
      </Group>
      <Loaded query={members}>
        {(data) => <Members campaign={campaign} tenant={tenant} extensions={data.extensions} />}
      </Loaded>
    </Stack>
  );
}

function Members({ campaign, tenant, extensions }: PartProps & { extensions: readonly string[] }): ReactNode {
  const texts = useOwnTexts(own);
  const names = useNames(campaign.connectionId, tenant);
  const { people } = texts;
  if (extensions.length === 0) return <Text size="sm">{people.none}</Text>;
  return (
    <table className="campaign-table">
      <thead>
        <tr>
          <th scope="col">{people.extension}</th>
          <th scope="col">{people.agent}</th>
          <th scope="col">{texts.remove}</th>
        </tr>
      </thead>
      <tbody>
        {extensions.map((extension) => (
          <tr key={extension}>
            <td>
              <bdi>{extension}</bdi>
            </td>
            <td>
              <bdi>{names.get(extension) ?? '–'}</bdi>
            </td>
            <td>
              <ActionButton
                label={texts.remove}
                size="compact-xs"
                variant="default"
                confirm={people.removeAsks(extension)}
                act={() => ask('campaignMembers.remove', { path: { id: campaign.id, extension }, tenant })}
                stale={[['campaigns', tenant, campaign.id]]}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const MOST = 200;

/** Whose a phone is, by its number: the agent's name, else the phone's label. */
function useNames(connectionId: string, tenant: string): ReadonlyMap<string, string> {
  const { data } = useQuery({
    queryKey: ['campaigns', tenant, 'phones', connectionId],
    queryFn: async ({ signal }) => {
      const query = { limit: MOST };
      const [phones, agents] = await Promise.all([
        ask('extensions.list', { path: { id: connectionId }, query, tenant, signal }),
        ask('agents.list', { query, tenant, signal }),
      ]);
      const known = new Map(agents.data.map(({ id, name }) => [id, name]));
      return phones.data.map(
        ({ number, agentId, label }) => [number, known.get(agentId ?? '') ?? label ?? '–'] as const,
      );
    },
  });
  return new Map(data ?? []);
}
