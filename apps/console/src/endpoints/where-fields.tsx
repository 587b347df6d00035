import { NativeSelect, NumberInput, Stack, Switch, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { EndpointDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { useOwnTexts } from '../texts/language';
import { errorOf } from './field-errors';
import { ownForm } from './form-texts';
import { FORMAT_FIELDS, isConnector, PLAIN_FORMATS, type FormatField } from './format-fields';
import { headersText, readHeaders } from './header-lines';
import type { PartProps } from './form-props';
import { own } from './texts';

/** Name, format with its settings, and URL. @param isNew  a connector is made at its own screen */
export function WhereFields({ isNew, ...props }: PartProps & { isNew: boolean }): ReactNode {
  const { tenant, draft, set, errors } = props;
  const texts = useOwnTexts(ownForm);
  const { formats } = useOwnTexts(own);
  const isMail = draft.format === 'email';
  const choices = isConnector(draft.format) ? [...PLAIN_FORMATS, draft.format] : PLAIN_FORMATS;
  return (
    <Stack gap="sm">
      <TextInput
        label={texts.name}
        description={texts.nameHint}
        required
        value={draft.name}
        error={errors['name']}
        onChange={(event) => {
          set({ name: event.currentTarget.value });
        }}
      />
      <NativeSelect
        label={texts.format}
        data={choices.map((value) => ({ value, label: formats[value] ?? value }))}
        value={draft.format}
        error={errors['format']}
        onChange={(event) => {
          const format = event.currentTarget.value as EndpointDto['format'];
          const eventTypes =
            format === 'email' ? ['endpoint.*', 'connection.*', 'api_key.*'] : draft.eventTypes;
          set({ format, formatSettings: {}, eventTypes });
        }}
      />
      {isNew && (
        <Text size="sm">
          {texts.crm}{' '}
          <TextLink to="/t/$tenant/connectors" params={{ tenant }} underline="always">
            {texts.crmLink}
          </TextLink>
        </Text>
      )}
      <TextInput
        label={isMail ? texts.mailUrl : texts.url}
        description={
          isMail ? texts.mailUrlHint : draft.format === 'voipnow' ? texts.voipnowUrl : texts.urlHint
        }
        required
        dir="ltr"
        inputMode="url"
        placeholder={isMail ? 'mailto:dana@example.com' : 'https://crm.example/hook'}
        value={draft.url}
        error={errors['url']}
        onChange={(event) => {
          set({ url: event.currentTarget.value });
        }}
      />
      {(FORMAT_FIELDS[draft.format] ?? []).map((field) => (
        <SettingInput key={`${draft.format} ${field.name}`} field={field} {...props} />
      ))}
      {errors['formatSettings'] !== undefined && (
        <Text size="sm" className="tone-bad">
          <bdi>{errors['formatSettings']}</bdi>
        </Text>
      )}
    </Stack>
  );
}

function SettingInput({ field, draft, set, errors }: PartProps & { field: FormatField }): ReactNode {
  const texts = useOwnTexts(ownForm);
  const { name, shape, choices = [], byDefault } = field;
  const value = draft.formatSettings[name] ?? byDefault;
  const text = typeof value === 'string' ? value : '';
  const common = { label: texts.settings[name] ?? name, error: errorOf(errors, `formatSettings.${name}`) };
  const change = (next: unknown): void => {
    // What is empty is left out: the format has its own word for that.
    const { [name]: _, ...others } = draft.formatSettings;
    set({ formatSettings: next === '' ? others : { ...others, [name]: next } });
  };
  const onChange = (event: { currentTarget: { value: string } }): void => {
    change(event.currentTarget.value);
  };
  switch (shape) {
    case 'choice':
      return (
        <NativeSelect
          {...common}
          data={choices.map((one) => ({ value: one, label: texts.choices[one] ?? one }))}
          value={text}
          onChange={onChange}
        />
      );
    case 'flag':
      return (
        <Switch
          {...common}
          checked={value === true}
          onChange={(event) => {
            change(event.currentTarget.checked);
          }}
        />
      );
    case 'count':
      return <NumberInput {...common} min={1} value={Number(value)} onChange={change} />;
    case 'headers':
      return <HeaderLines {...common} value={value} change={change} />;
    case 'body':
      return (
        <Textarea {...common} dir="ltr" autosize minRows={4} maxRows={16} value={text} onChange={onChange} />
      );
    default:
      return <TextInput {...common} dir="ltr" value={text} onChange={onChange} />;
  }
}

interface HeaderLinesProps {
  label: string;
  error: string | undefined;
  value: unknown;
  change: (value: unknown) => void;
}

/** Keeps what is typed: a line without a colon is no header yet. */
function HeaderLines({ label, error, value, change }: HeaderLinesProps): ReactNode {
  const [text, setText] = useState(() => headersText(value));
  return (
    <Textarea
      label={label}
      error={error}
      dir="ltr"
      autosize
      minRows={2}
      maxRows={8}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        change(readHeaders(event.currentTarget.value));
      }}
    />
  );
}
