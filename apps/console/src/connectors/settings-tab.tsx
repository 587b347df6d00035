import { Button, Group, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { ProblemNotice } from '../app/problem-notice';
import { mayManage } from '../app/may';
import { useRole } from '../app/use-role';
import { useOwnTexts } from '../texts/language';
import { RequestsField } from './connect-form';
import type { ConnectionProps } from './connector-page';
import { SettingFields } from './setting-fields';
import { draftOf, missingSettings, objectIn, settingsOf } from './settings-of';
import { own } from './texts';

/** What a connection is called, where the CRM is, and its connector's own settings. */
export function SettingsTab({ tenant, endpoint, connector }: ConnectionProps): ReactNode {
  const { form, settings: words, list } = useOwnTexts(own);
  const isAdmin = mayManage(useRole(tenant));
  const client = useQueryClient();
  const { logging, ...kept } = endpoint.formatSettings;
  const isGeneric = connector.name === 'generic';
  const [name, setName] = useState(endpoint.name);
  const [url, setUrl] = useState(endpoint.url);
  const [settings, setSettings] = useState(() => draftOf(connector.settings, kept));
  const [json, setJson] = useState(() => JSON.stringify(kept, null, 2));
  const given = isGeneric ? objectIn(json) : settingsOf(connector.settings, settings);
  const missing = missingSettings(connector.settings, settings);
  const save = useMutation({
    mutationFn: () => {
      const formatSettings = { ...given, ...(logging === undefined ? {} : { logging }) };
      return ask('endpoints.patch', {
        path: { id: endpoint.id },
        body: { name, url, formatSettings },
        tenant,
      });
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['endpoints', tenant] }),
  });
  return (
    <form
      className="con-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (given !== undefined && missing.length === 0) save.mutate();
      }}
    >
      <TextInput
        label={form.name}
        description={form.nameHint}
        value={name}
        onChange={({ currentTarget: { value } }) => {
          setName(value);
        }}
      />
      <TextInput
        label={form.address}
        dir="ltr"
        type="url"
        value={url}
        onChange={({ currentTarget: { value } }) => {
          setUrl(value);
        }}
      />
      {isGeneric && (
        <RequestsField json={json} error={given === undefined ? form.badJson : undefined} change={setJson} />
      )}
      <SettingFields settings={connector.settings} draft={settings} change={setSettings} missing={missing} />
      {save.error !== null && <ProblemNotice error={save.error} />}
      {!isAdmin && (
        <Text size="sm" c="dimmed">
          {list.adminOnly}
        </Text>
      )}
      <Group>
        <Button type="submit" disabled={!isAdmin} loading={save.isPending}>
          {words.save}
        </Button>
        {save.isSuccess && (
          <Text size="sm" role="status">
            {words.saved}
          </Text>
        )}
      </Group>
    </form>
  );
}
