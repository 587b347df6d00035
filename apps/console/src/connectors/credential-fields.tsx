import { Code, PasswordInput, Radio, Stack, Text, TextInput } from '@mantine/core';
import { useId, type ReactNode } from 'react';
import type { ConnectorDto } from '../api/operations';
import { CopyButton } from '../page/copy-button';
import { useOwnTexts } from '../texts/language';
import { howOf, signInsOf, type AccessDraft, type SignIn } from './access-of';
import { own } from './texts';

interface CredentialFieldsProps {
  connector: ConnectorDto;
  draft: AccessDraft;
  change: (draft: AccessDraft) => void;
  /** Members that are needed and empty, once somebody tried. */
  missing: readonly string[];
}

/** How a connector is signed in to: what it takes, where that is found, and the fields of what is chosen. */
export function CredentialFields({ connector, draft, change, missing }: CredentialFieldsProps): ReactNode {
  const { form } = useOwnTexts(own);
  return (
    <fieldset>
      <legend>{form.signIn}</legend>
      <Radio.Group
        aria-label={form.signIn}
        value={draft.kind}
        onChange={(kind) => {
          change({ ...draft, kind: kind });
        }}
      >
        <Stack gap="xs">
          {signInsOf(connector).map((kind) => (
            <Radio
              key={kind}
              value={kind}
              label={form.kinds[kind]}
              description={<bdi lang="en">{howOf(connector, kind)}</bdi>}
            />
          ))}
        </Stack>
      </Radio.Group>
      <KindFields {...{ connector, draft, change, missing }} />
      <Text size="sm" c="dimmed">
        {form.sealed}
      </Text>
    </fieldset>
  );
}

/** By kind: what is asked for, in order. */
const FIELDS: Readonly<Record<SignIn, readonly (keyof AccessDraft)[]>> = {
  none: [],
  basic: ['user', 'password'],
  bearer: ['token'],
  header: ['header', 'key'],
  oauth2: ['clientId', 'clientSecret', 'tokenUrl', 'scope'],
  oauth2_code: ['clientId', 'clientSecret', 'scope', 'authoriseUrl', 'tokenUrl'],
};
const SECRET: readonly (keyof AccessDraft)[] = ['password', 'token', 'key', 'clientSecret'];

function KindFields({ connector, draft, change, missing }: CredentialFieldsProps): ReactNode {
  const { form } = useOwnTexts(own);
  const { signIn } = connector;
  const usual: Partial<Record<keyof AccessDraft, string | null>> =
    draft.kind === 'oauth2_code' && signIn !== null
      ? { scope: signIn.scope, authoriseUrl: signIn.authoriseUrl, tokenUrl: signIn.tokenUrl }
      : {};
  return (
    <>
      {draft.kind === 'oauth2_code' && <RedirectAddress />}
      {FIELDS[draft.kind].map((name) => {
        const props = {
          label: form[name as keyof typeof form] as string,
          value: draft[name],
          autoComplete: 'off',
          dir: 'ltr' as const,
          placeholder: usual[name] ?? undefined,
          error: missing.includes(name) ? form.required : undefined,
          onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => {
            change({ ...draft, [name]: value });
          },
        };
        if (!SECRET.includes(name)) return <TextInput key={name} {...props} />;
        return <PasswordInput key={name} {...props} autoComplete="new-password" />;
      })}
    </>
  );
}

/** Where CRMs send people back to: it is asked for when an app is made there. */
export function RedirectAddress({ address }: { address?: string }): ReactNode {
  const { form } = useOwnTexts(own);
  const label = useId();
  const shown = address ?? `${location.origin}/oauth/callback`;
  return (
    <div>
      <Text size="sm" id={label}>
        {form.redirect}
      </Text>
      <Code dir="ltr" aria-labelledby={label} style={{ overflowWrap: 'anywhere' }}>
        {shown}
      </Code>{' '}
      <CopyButton text={shown} />
    </div>
  );
}
