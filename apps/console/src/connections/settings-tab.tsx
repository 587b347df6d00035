import { Stack, Switch, TextInput, Title } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ConnectionDto, ConnectionPatchDto } from '../api/operations';
import { ActionButton } from '../page/action-button';
import { useOwnTexts, useTexts } from '../texts/language';
import { EpochsField } from './clock-form';
import { DialectFields } from './dialect-fields';
import { CountryField, ZoneField } from './place-fields';
import type { TabProps } from './tab-props';
import { own } from './texts';
import { connectionsKey } from './use-connection';

type Draft = Required<{ [K in keyof ConnectionPatchDto]: Exclude<ConnectionPatchDto[K], undefined> }>;

/** All that can be changed of a connection itself. */
export function SettingsTab({ tenant, connection }: TabProps): ReactNode {
  const texts = useOwnTexts(own);
  const { actions } = useTexts();
  const [draft, setDraft] = useState<Draft>(() => draftOf(connection));
  const [isSound, setSound] = useState(true);
  const set = (change: Partial<Draft>): void => {
    setDraft((before) => ({ ...before, ...change }));
  };
  return (
    <Stack gap="lg" className="narrow">
      <Stack gap="md">
        <TextInput
          label={texts.name}
          dir="auto"
          maxLength={200}
          value={draft.name}
          onChange={({ currentTarget: { value } }) => {
            set({ name: value });
          }}
        />
        <Switch
          label={texts.settings.enabled}
          checked={draft.enabled}
          onChange={({ currentTarget: { checked } }) => {
            set({ enabled: checked });
          }}
        />
        <div className="form-grid">
          <ZoneField value={draft.timeZone} change={(timeZone) => set({ timeZone })} />
          <EpochsField value={draft.epochs} change={(epochs) => set({ epochs })} />
          <CountryField value={draft.country} change={(country) => set({ country })} />
        </div>
        <DialectFields
          dialect={connection.dialect}
          settings={draft.settings}
          change={(settings) => set({ settings })}
          sound={setSound}
        />
        <div>
          <ActionButton
            label={actions.save}
            size="sm"
            disabled={!isSound || draft.name.trim() === ''}
            act={() => ask('connections.patch', { path: { id: connection.id }, body: draft, tenant })}
            done={texts.settings.saved}
            stale={[connectionsKey(tenant)]}
          />
        </div>
      </Stack>
      <Remove tenant={tenant} connection={connection} />
    </Stack>
  );
}

function draftOf({ name, enabled, timeZone, epochs, country, settings }: ConnectionDto): Draft {
  return { name, enabled, timeZone, epochs, country, settings };
}

function Remove({ tenant, connection: { id } }: TabProps): ReactNode {
  const { settings } = useOwnTexts(own);
  const navigate = useNavigate();
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {settings.remove}
      </Title>
      <ActionButton
        label={settings.remove}
        color="red"
        variant="outline"
        confirm={settings.removeAsk}
        act={() => ask('connections.remove', { path: { id }, tenant })}
        stale={[[...connectionsKey(tenant), 'list']]}
        whenDone={() => navigate({ to: '/t/$tenant/connections', params: { tenant } })}
      />
    </section>
  );
}
