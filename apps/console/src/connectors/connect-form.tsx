import { Button, Group, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ConnectorDto, NewEndpointDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { useOwnTexts } from '../texts/language';
import { accessOf, emptyAccess, missingIn, type AccessDraft } from './access-of';
import { CredentialFields } from './credential-fields';
import { SettingFields } from './setting-fields';
import { draftOf, missingSettings, objectIn, settingsOf, type SettingsDraft } from './settings-of';
import { TemplateReader } from './template-reader';
import { own } from './texts';

/** What a connection is told: enough for a record that says all that is known. */
const EVENTS = ['call.ended', 'call.missed', 'call.updated', 'call.noted'];

interface Draft {
  name: string;
  url: string;
  settings: SettingsDraft;
  /** Of the generic connector: its settings as JSON. */
  json: string;
  access: AccessDraft;
}

interface Parts {
  tenant: string;
  connector: ConnectorDto;
}

/** Makes the endpoint, gives it its credentials and goes to its page, which asks the CRM at once. */
export function ConnectForm({ tenant, connector }: Parts): ReactNode {
  const { form } = useOwnTexts(own);
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(connector));
  const [tried, setTried] = useState(false);
  const change = (changed: Partial<Draft>): void => {
    setDraft({ ...draft, ...changed });
  };
  const isGeneric = connector.name === 'generic';
  const faults = faultsOf(draft, connector);
  const shown = tried ? faults : [];
  const connecting = useConnecting({ tenant, connector });
  return (
    <form
      className="con-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (faults.length === 0) connecting.mutate(draft);
      }}
    >
      <NameAndAddress {...{ connector, draft, change }} faults={shown} />
      {isGeneric && (
        <>
          <TemplateReader
            tenant={tenant}
            use={(settings, kind, header) => {
              const access = { ...draft.access, kind, header: header ?? draft.access.header };
              change({ json: JSON.stringify(settings, null, 2), access });
            }}
          />
          <RequestsField
            json={draft.json}
            error={shown.includes('json') ? form.badJson : undefined}
            change={(json) => {
              change({ json });
            }}
          />
        </>
      )}
      <SettingFields
        settings={connector.settings}
        draft={draft.settings}
        missing={shown}
        change={(settings) => {
          change({ settings });
        }}
      />
      <CredentialFields
        connector={connector}
        draft={draft.access}
        missing={shown}
        change={(access) => {
          change({ access });
        }}
      />
      {connecting.error !== null && <ProblemNotice error={connecting.error} />}
      <Group>
        <Button type="submit" loading={connecting.isPending}>
          {form.connect}
        </Button>
      </Group>
    </form>
  );
}

interface NameAndAddressProps {
  connector: ConnectorDto;
  draft: Draft;
  change: (changed: Partial<Draft>) => void;
  faults: readonly string[];
}

function NameAndAddress({ connector, draft, change, faults }: NameAndAddressProps): ReactNode {
  const { form } = useOwnTexts(own);
  return (
    <>
      <TextInput
        label={form.name}
        description={form.nameHint}
        value={draft.name}
        error={faults.includes('name') ? form.required : undefined}
        onChange={({ currentTarget: { value } }) => {
          change({ name: value });
        }}
      />
      <TextInput
        label={form.address}
        description={connector.url === null ? form.addressHint : form.everybody}
        dir="ltr"
        type="url"
        value={draft.url}
        error={faults.includes('url') ? form.required : undefined}
        onChange={({ currentTarget: { value } }) => {
          change({ url: value });
        }}
      />
    </>
  );
}

interface RequestsFieldProps {
  json: string;
  error: string | undefined;
  change: (json: string) => void;
}

/** The settings of the generic connector, which are requests and no fields. */
export function RequestsField({ json, error, change }: RequestsFieldProps): ReactNode {
  const { form } = useOwnTexts(own);
  return (
    <Textarea
      label={form.requests}
      description={form.requestsHint}
      dir="ltr"
      rows={12}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      spellCheck={false}
      value={json}
      error={error}
      onChange={({ currentTarget: { value } }) => {
        change(value);
      }}
    />
  );
}

function emptyDraft(connector: ConnectorDto): Draft {
  return {
    name: connector.name === 'generic' ? '' : connector.title,
    url: connector.url ?? '',
    settings: draftOf(connector.settings, {}),
    json: '',
    access: emptyAccess(connector),
  };
}

/** Names of fields that are needed and not there, or wrong. */
function faultsOf({ name, url, settings, json, access }: Draft, connector: ConnectorDto): string[] {
  return [
    ...(name.trim() === '' ? ['name'] : []),
    ...(url.trim() === '' ? ['url'] : []),
    ...(connector.name === 'generic' && objectIn(json) === undefined ? ['json'] : []),
    ...missingSettings(connector.settings, settings),
    ...missingIn(access, connector),
  ];
}

function endpointOf({ name, url, settings, json }: Draft, connector: ConnectorDto): NewEndpointDto {
  const formatSettings =
    connector.name === 'generic' ? objectIn(json) : settingsOf(connector.settings, settings);
  return {
    ...{ name: name.trim(), url: url.trim(), eventTypes: EVENTS },
    format: connector.name as NonNullable<NewEndpointDto['format']>,
    formatSettings: formatSettings ?? {},
  };
}

function useConnecting({ tenant, connector }: Parts) {
  const client = useQueryClient();
  const navigate = useNavigate();
  /** Made by a try whose credentials were refused: the next one goes on with it. */
  const [made, setMade] = useState<string>();
  return useMutation({
    mutationFn: async (draft: Draft) => {
      const body = endpointOf(draft, connector);
      let id = made;
      if (id === undefined) ({ id } = await ask('endpoints.create', { body, tenant }));
      else await ask('endpoints.patch', { path: { id }, body, tenant });
      setMade(id);
      const access = accessOf(draft.access);
      if (draft.access.kind !== 'none')
        await ask('endpointAccess.put', { path: { id }, body: access, tenant });
      return id;
    },
    onSuccess: async (endpointId) => {
      await client.invalidateQueries({ queryKey: ['endpoints', tenant] });
      await navigate({
        to: '/t/$tenant/connectors/$endpointId',
        params: { tenant, endpointId },
        search: { tab: 'overview' },
      });
    },
  });
}
