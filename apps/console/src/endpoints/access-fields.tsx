import {
  Button,
  NativeSelect,
  NumberInput,
  PasswordInput,
  Stack,
  Switch,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { AUTH_FIELDS, AUTH_KINDS, type AccessDraft, type AuthField } from './access-draft';
import { ownAccess } from './access-texts';
import { errorOf, type FieldErrors } from './field-errors';

interface AccessFieldsProps {
  draft: AccessDraft;
  set: (draft: AccessDraft) => void;
  errors: FieldErrors;
}

/** Credentials and headers of an endpoint, as they are given. */
export function AccessFields({ draft, set, errors }: AccessFieldsProps): ReactNode {
  const texts = useOwnTexts(ownAccess);
  return (
    <Stack gap="sm">
      <NativeSelect
        label={texts.kind}
        className="narrow-field"
        data={AUTH_KINDS.map((kind) => ({ value: kind, label: texts.kinds[kind] }))}
        value={draft.kind}
        error={errors['auth.kind'] ?? errors['auth']}
        onChange={(event) => {
          const kind = AUTH_KINDS.find((one) => one === event.currentTarget.value) ?? 'none';
          set({ ...draft, kind });
        }}
      />
      {AUTH_FIELDS[draft.kind].map((field) => (
        <AuthInput
          key={field.name}
          field={field}
          value={draft.values[field.name] ?? ''}
          error={errorOf(errors, `auth.${field.name}`)}
          change={(value) => {
            set({ ...draft, values: { ...draft.values, [field.name]: value } });
          }}
        />
      ))}
      <HeaderFields draft={draft} set={set} errors={errors} />
    </Stack>
  );
}

interface AuthInputProps {
  field: AuthField;
  value: string;
  error: string | undefined;
  change: (value: string) => void;
}

function AuthInput({ field, value, error, change }: AuthInputProps): ReactNode {
  const texts = useOwnTexts(ownAccess);
  const { name, shape, isNeeded } = field;
  const common = { label: texts.fields[name] ?? name, error, required: isNeeded, className: 'narrow-field' };
  const onChange = (event: { currentTarget: { value: string } }): void => {
    change(event.currentTarget.value);
  };
  switch (shape) {
    case 'secret':
      return <PasswordInput {...common} value={value} onChange={onChange} dir="ltr" autoComplete="off" />;
    case 'lines':
    case 'pairs':
      return (
        <Textarea
          {...common}
          className="wide-field"
          value={value}
          onChange={onChange}
          dir="ltr"
          autosize
          minRows={2}
          maxRows={8}
        />
      );
    case 'flag':
      return (
        <Switch
          label={common.label}
          error={error}
          checked={value !== 'false'}
          onChange={(event) => {
            change(String(event.currentTarget.checked));
          }}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...common}
          value={value}
          min={1}
          onChange={(next) => {
            change(String(next));
          }}
        />
      );
    case 'choice':
      return (
        <NativeSelect
          {...common}
          data={Object.entries(texts.choices).map(([choice, label]) => ({ value: choice, label }))}
          value={value === '' ? 'basic' : value}
          onChange={onChange}
        />
      );
    default:
      return <TextInput {...common} value={value} onChange={onChange} dir="ltr" autoComplete="off" />;
  }
}

function HeaderFields({ draft, set, errors }: AccessFieldsProps): ReactNode {
  const texts = useOwnTexts(ownAccess);
  const put = (headers: AccessDraft['headers']): void => {
    set({ ...draft, headers });
  };
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm" fw={500}>
        {texts.headers}
      </Text>
      {draft.headers.map((header, index) => (
        <div key={index} className="pair">
          <TextInput
            aria-label={texts.headerName(index + 1)}
            placeholder="X-Api-Key"
            dir="ltr"
            value={header.name}
            error={errors[`headers.${header.name}`]}
            onChange={(event) => {
              put(draft.headers.with(index, { ...header, name: event.currentTarget.value }));
            }}
          />
          <PasswordInput
            aria-label={texts.headerValue(index + 1)}
            dir="ltr"
            autoComplete="off"
            value={header.value}
            onChange={(event) => {
              put(draft.headers.with(index, { ...header, value: event.currentTarget.value }));
            }}
          />
          <Button
            variant="default"
            aria-label={texts.removeHeader(index + 1)}
            onClick={() => {
              put(draft.headers.filter((_, at) => at !== index));
            }}
          >
            ×
          </Button>
        </div>
      ))}
      {errors['headers'] !== undefined && (
        <Text size="sm" className="tone-bad">
          {errors['headers']}
        </Text>
      )}
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => {
          put([...draft.headers, { name: '', value: '' }]);
        }}
      >
        {texts.addHeader}
      </Button>
    </Stack>
  );
}
