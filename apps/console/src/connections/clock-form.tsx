import { NativeSelect, Stack } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ConnectionDto } from '../api/operations';
import { ActionButton } from '../page/action-button';
import { useOwnTexts, useTexts } from '../texts/language';
import { ZoneField } from './place-fields';
import { own } from './texts';
import { connectionsKey } from './use-connection';

/** Puts the clock of a connection right where one sees that it is wrong. */
export function ClockForm({ tenant, connection }: { tenant: string; connection: ConnectionDto }): ReactNode {
  const { settings } = useOwnTexts(own);
  const { actions } = useTexts();
  const [timeZone, setZone] = useState(connection.timeZone);
  const [epochs, setEpochs] = useState(connection.epochs);
  return (
    <Stack gap="xs" className="inline-form">
      <ZoneField value={timeZone} change={setZone} />
      <EpochsField value={epochs} change={setEpochs} />
      <div>
        <ActionButton
          label={actions.save}
          act={() =>
            ask('connections.patch', { path: { id: connection.id }, body: { timeZone, epochs }, tenant })
          }
          done={settings.saved}
          stale={[connectionsKey(tenant)]}
        />
      </div>
    </Stack>
  );
}

type Epochs = ConnectionDto['epochs'];

export function EpochsField({
  value,
  change,
}: {
  value: Epochs;
  change: (epochs: Epochs) => void;
}): ReactNode {
  const { settings } = useOwnTexts(own);
  return (
    <NativeSelect
      label={settings.epochs}
      data={[
        { value: 'utc', label: settings.epochChoices.utc },
        { value: 'local', label: settings.epochChoices.local },
      ]}
      value={value}
      onChange={({ currentTarget }) => {
        change(currentTarget.value === 'utc' ? 'utc' : 'local');
      }}
    />
  );
}
