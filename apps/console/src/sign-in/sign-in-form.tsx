import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Problem } from '../api/problem';
import { ProblemNotice } from '../app/problem-notice';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

export type SignInField = 'email' | 'name' | 'password' | 'newPassword' | 'code';
export type SignInValues = Partial<Record<SignInField, string>>;

interface SignInFormProps {
  fields: readonly SignInField[];
  text: string;
  send: (values: SignInValues) => Promise<unknown>;
}

/** A form of some fields. Who has a second factor is asked for its code when all the rest was right. */
export function SignInForm({ fields, text, send }: SignInFormProps): ReactNode {
  const [values, setValues] = useState<SignInValues>({});
  const sending = useMutation({ mutationFn: send });
  const wantsCode = sending.error instanceof Problem && sending.error.code.startsWith('totp.');
  const [hasCode, setHasCode] = useState(false);
  if (wantsCode && !hasCode) setHasCode(true);
  const shown = hasCode ? ([...fields, 'code'] as const) : fields;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        sending.mutate(values);
      }}
    >
      <Stack>
        {shown.map((name) => (
          <Field
            key={name}
            name={name}
            value={values[name] ?? ''}
            onChange={(value) => {
              setValues((before) => ({ ...before, [name]: value }));
            }}
          />
        ))}
        {sending.error !== null && !(wantsCode && values.code === undefined) && (
          <ProblemNotice error={sending.error} />
        )}
        <Button type="submit" loading={sending.isPending}>
          {text}
        </Button>
      </Stack>
    </form>
  );
}

const TRAITS = {
  email: { type: 'email', autoComplete: 'username' },
  name: { autoComplete: 'name' },
  password: { autoComplete: 'current-password' },
  newPassword: { autoComplete: 'new-password', minLength: 10 },
  code: { autoComplete: 'one-time-code', autoFocus: true },
} as const;

function Field({
  name,
  value,
  onChange,
}: {
  name: SignInField;
  value: string;
  onChange: (value: string) => void;
}): ReactNode {
  const signIn = useOwnTexts(own);
  const Input = name === 'password' || name === 'newPassword' ? PasswordInput : TextInput;
  return (
    <Input
      label={signIn[name]}
      name={name}
      required
      withAsterisk={false}
      value={value}
      onChange={({ currentTarget }) => {
        onChange(currentTarget.value);
      }}
      {...(name === 'newPassword' ? { description: signIn.newPasswordHint } : {})}
      {...TRAITS[name]}
    />
  );
}
