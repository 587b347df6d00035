import { NumberInput, Select, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ConnectorSettingDto } from '../api/operations';
import { useOwnTexts } from '../texts/language';
import type { SettingsDraft } from './settings-of';
import { own } from './texts';

interface SettingFieldsProps {
  settings: readonly ConnectorSettingDto[];
  draft: SettingsDraft;
  change: (draft: SettingsDraft) => void;
  missing: readonly string[];
}

/** A connector's own settings, as it describes them. */
export function SettingFields({ settings, draft, change, missing }: SettingFieldsProps): ReactNode {
  const { form } = useOwnTexts(own);
  if (settings.length === 0) return null;
  return (
    <fieldset>
      <legend>{form.own}</legend>
      {settings.map((setting) => (
        <SettingField
          key={setting.name}
          setting={setting}
          value={draft[setting.name] ?? ''}
          error={missing.includes(setting.name) ? form.required : undefined}
          change={(value) => {
            change({ ...draft, [setting.name]: value });
          }}
        />
      ))}
    </fieldset>
  );
}

interface SettingFieldProps {
  setting: ConnectorSettingDto;
  value: string;
  error: string | undefined;
  change: (value: string) => void;
}

function SettingField({ setting, value, error, change }: SettingFieldProps): ReactNode {
  const { form } = useOwnTexts(own);
  const { name, kind, about, required, values } = setting;
  const described = kind === 'texts' ? `${about} ${form.texts}.` : about;
  const shared = {
    label: <bdi lang="en">{name}</bdi>,
    description: <bdi lang="en">{described}</bdi>,
    withAsterisk: required,
    error,
  };
  if (kind === 'choice') {
    return (
      <Select
        {...shared}
        data={[...(values ?? [])]}
        value={value}
        allowDeselect={false}
        onChange={(chosen) => {
          change(chosen ?? '');
        }}
      />
    );
  }
  if (kind === 'count') {
    return (
      <NumberInput
        {...shared}
        value={value === '' ? '' : Number(value)}
        allowDecimal={false}
        min={0}
        hideControls
        onChange={(given) => {
          change(String(given));
        }}
      />
    );
  }
  return (
    <TextInput
      {...shared}
      dir="ltr"
      value={value}
      autoComplete="off"
      onChange={({ currentTarget }) => {
        change(currentTarget.value);
      }}
    />
  );
}
