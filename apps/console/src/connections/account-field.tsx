import { Checkbox, NativeSelect, PasswordInput, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AccountFieldDto } from '../api/operations';
import { useOwnTexts } from '../texts/language';
import type { PbxDraft } from './pbx-draft';
import { TextField } from './text-field';
import { own } from './texts';

interface AccountFieldProps {
  field: AccountFieldDto;
  draft: PbxDraft;
  /** Of a secret: whether the account has it. */
  isSet: boolean;
  set: (change: Partial<PbxDraft>) => void;
}

/** One thing that a driver asks for: a choice, a text, or a secret that is never shown. */
export function AccountField({ field, draft, isSet, set }: AccountFieldProps): ReactNode {
  const { name, what, required, values, byDefault } = field;
  const { settings: texts } = useOwnTexts(own);
  if (field.secret) return <SecretField field={field} draft={draft} isSet={isSet} set={set} />;
  const value = draft.settings[name] ?? '';
  const change = (text: string): void => {
    set({ settings: { ...draft.settings, [name]: text } });
  };
  const shown = { label: <bdi>{name}</bdi>, description: <bdi>{what}</bdi>, required };
  if (values === null) {
    return <TextField {...shown} placeholder={byDefault ?? ''} dir="ltr" value={value} change={change} />;
  }
  const usual = byDefault === null ? '–' : texts.byDefault(byDefault);
  return (
    <NativeSelect
      {...shown}
      data={[{ value: '', label: usual }, ...values.map((one) => ({ value: one, label: one }))]}
      value={value}
      onChange={({ currentTarget }) => {
        change(currentTarget.value);
      }}
    />
  );
}

function SecretField({ field: { name, what, required }, draft, isSet, set }: AccountFieldProps): ReactNode {
  const { pbx } = useOwnTexts(own);
  const isGoing = draft.without.includes(name);
  return (
    <Stack gap={4}>
      <PasswordInput
        label={<bdi>{name}</bdi>}
        description={<bdi>{what}</bdi>}
        placeholder={isSet ? pbx.secretSet : pbx.secretNone}
        required={required && !isSet}
        disabled={isGoing}
        autoComplete="new-password"
        dir="ltr"
        visibilityToggleButtonProps={{ style: { display: 'none' } }}
        value={draft.secrets[name] ?? ''}
        onChange={({ currentTarget: { value } }) => {
          set({ secrets: { ...draft.secrets, [name]: value } });
        }}
      />
      {isSet && !required && (
        <Checkbox
          size="xs"
          label={pbx.takeAway}
          aria-label={`${pbx.takeAway}: ${name}`}
          checked={isGoing}
          onChange={({ currentTarget: { checked } }) => {
            const others = draft.without.filter((one) => one !== name);
            const { [name]: _, ...secrets } = draft.secrets;
            set({ without: checked ? [...others, name] : others, secrets });
          }}
        />
      )}
    </Stack>
  );
}
