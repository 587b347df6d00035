import { Checkbox, Group, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { ActionButton } from '../page/action-button';
import { useOwnTexts } from '../texts/language';
import type { ConnectionProps } from './connector-page';
import { own } from './texts';

/** The events that a record is made and changed by. */
const EVENTS = ['call.ended', 'call.missed', 'call.updated', 'call.noted'] as const;

/** Whether a list such as `call.*` takes an event. */
const takes = (types: readonly string[], type: string): boolean =>
  types.some(
    (one) => one === type || one === '*' || (one.endsWith('.*') && type.startsWith(one.slice(0, -1))),
  );

/** What the CRM is told of, with what each is for. */
export function EventsSection({
  tenant,
  endpoint,
  isAdmin,
}: ConnectionProps & { isAdmin: boolean }): ReactNode {
  const { events, settings } = useOwnTexts(own);
  const [types, setTypes] = useState(endpoint.eventTypes);
  const others = types.filter((type) => !EVENTS.some((one) => one === type));
  const isChanged = types.join() !== endpoint.eventTypes.join();
  return (
    <section className="con-section">
      <Title order={2}>{events.title}</Title>
      {EVENTS.map((type) => (
        <Checkbox
          key={type}
          checked={takes(types, type)}
          // One that a pattern takes is not taken away by itself.
          disabled={!isAdmin || (takes(types, type) && !types.includes(type))}
          label={<bdi dir="ltr">{type}</bdi>}
          description={events.about[type]}
          onChange={({ currentTarget: { checked } }) => {
            setTypes(checked ? [...types, type] : types.filter((one) => one !== type));
          }}
        />
      ))}
      {others.length > 0 && (
        <Text size="sm">
          {events.others}: <bdi dir="ltr">{others.join(', ')}</bdi>
        </Text>
      )}
      {isAdmin && (
        <Group>
          <ActionButton
            label={settings.save}
            disabled={!isChanged || types.length === 0}
            done={events.saved}
            stale={[['endpoints', tenant]]}
            act={() =>
              ask('endpoints.patch', { path: { id: endpoint.id }, body: { eventTypes: types }, tenant })
            }
          />
        </Group>
      )}
    </section>
  );
}
