import { NativeSelect, Switch, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CampaignDto } from '../api/operations';
import { useOwnTexts } from '../texts/language';
import { FIELDS, type Field, type Group } from './fields';
import { faultOf, type Draft } from './settings-draft';
import { own } from './texts';
import type { CampaignTexts } from './texts-en';

interface SettingsFieldsProps {
  group: Group;
  mode: CampaignDto['mode'];
  draft: Draft;
  change: (path: string, text: string) => void;
  errors: readonly { field: string; message: string }[];
  disabled: boolean;
}

/** The fields of one group, each with a sentence on what it does. Nothing where none means anything in the mode. */
export function SettingsFields({ group, mode, ...form }: SettingsFieldsProps): ReactNode {
  const texts = useOwnTexts(own);
  const all: readonly Field[] = FIELDS[group];
  const fields = all.filter(({ modes }) => modes?.includes(mode) ?? true);
  if (fields.length === 0) return null;
  return (
    <fieldset className="campaign-fields" disabled={form.disabled}>
      <legend>{texts.groups[group]}</legend>
      {texts.groupsAbout[group] !== '' && <p>{texts.groupsAbout[group]}</p>}
      <div
        className={group === 'retry' || group === 'hours' ? 'campaign-grid campaign-grid-3' : 'campaign-grid'}
      >
        {fields.map((field) => (
          <SettingsField
            key={field.path}
            field={field}
            isRequired={field.required?.includes(mode) ?? false}
            value={form.draft[field.path] ?? ''}
            change={(text) => {
              form.change(field.path, text);
            }}
            fault={faultOf(field.path, form.errors)}
          />
        ))}
      </div>
    </fieldset>
  );
}

interface SettingsFieldProps {
  field: Field;
  isRequired: boolean;
  value: string;
  change: (text: string) => void;
  fault: string | undefined;
}

function SettingsField({ field, isRequired, value, change, fault }: SettingsFieldProps): ReactNode {
  const texts = useOwnTexts(own);
  const { path, kind, of = [] } = field;
  const [label, about] = wordsOf(path, texts);
  const error = fault === undefined ? undefined : <bdi>{fault}</bdi>;
  const common = { label, description: about === '' ? undefined : about, error, size: 'sm' } as const;
  if (kind === 'flag') {
    return (
      <Switch
        {...common}
        checked={value === 'true'}
        onChange={({ currentTarget: { checked } }) => {
          change(String(checked));
        }}
      />
    );
  }
  const text = {
    ...common,
    value,
    required: isRequired,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => {
      change(currentTarget.value);
    },
  };
  if (kind === 'choice') {
    const data = of.map((choice) => ({ value: choice, label: texts.choices[`${path}.${choice}`] ?? choice }));
    return <NativeSelect {...text} data={data} />;
  }
  if (kind === 'lines' || kind === 'pairs' || kind === 'byCountry' || kind === 'caps') {
    return <Textarea {...text} autosize minRows={2} maxRows={8} dir="auto" />;
  }
  const isNumber = kind === 'whole' || kind === 'percent';
  return (
    <TextInput
      {...text}
      dir={isNumber || kind === 'ranges' ? 'ltr' : 'auto'}
      inputMode={isNumber ? 'decimal' : 'text'}
    />
  );
}

const RETRY = /^retry\.results\.(\w+)\.(delays|max|otherDayPart)$/;

/** Label, and what it does in a sentence. */
export function wordsOf(path: string, texts: CampaignTexts): readonly [string, string] {
  const known = (texts.setting as Readonly<Record<string, readonly [string, string]>>)[path];
  if (known !== undefined) return known;
  const [, result = '', what = ''] = RETRY.exec(path) ?? [];
  const name = texts.tryResults[result] ?? result;
  return [`${name}: ${texts[what as 'delays' | 'max' | 'otherDayPart']}`, ''];
}
