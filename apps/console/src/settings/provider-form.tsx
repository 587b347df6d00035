import { Checkbox, NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { IdentityProviderDto } from '../api/operations';
import { useOwnTexts, useTexts } from '../texts/language';
import { linesOf } from './lines-of';
import { SendForm } from './send-form';
import { own } from './sign-on-texts';

const ROLES = ['admin', 'supervisor', 'agent'] as const;

export interface ProviderTraits {
  label: string;
  issuer: string;
  clientId: string;
  /** Null where it stays as it is. */
  clientSecret: string | null;
  domains: readonly string[];
  role: (typeof ROLES)[number] | null;
  enabled: boolean;
  enforced: boolean;
}

interface ProviderFormProps {
  label: string;
  tenant: string;
  begin?: IdentityProviderDto;
  send: (traits: ProviderTraits) => Promise<unknown>;
}

const EMPTY = {
  label: '',
  issuer: '',
  clientId: '',
  domains: [] as readonly string[],
  role: null,
  enabled: true,
  enforced: false,
};
const TEXTS = ['label', 'issuer', 'clientId'] as const;
const FLAGS = ['enabled', 'enforced'] as const;

/** How to reach an identity provider, for whom it answers, and what they become. */
export function ProviderForm({ label, tenant, begin, send }: ProviderFormProps): ReactNode {
  const texts = useOwnTexts(own);
  const { roles } = useTexts();
  const [values, setValues] = useState({ ...EMPTY, ...begin });
  const [secret, setSecret] = useState('');
  const [domains, setDomains] = useState(values.domains.join('\n'));
  const { issuer, clientId, role, enabled, enforced } = values;
  const traits = { issuer, clientId, role, enabled, enforced, label: values.label };
  return (
    <SendForm
      label={label}
      send={() => send({ ...traits, clientSecret: secret || null, domains: linesOf(domains) })}
      stale={[['settings', tenant, 'providers']]}
    >
      {TEXTS.map((name) => (
        <TextInput
          key={name}
          label={texts[name]}
          required
          withAsterisk={false}
          dir={name === 'label' ? 'auto' : 'ltr'}
          value={values[name]}
          onChange={({ currentTarget }) => {
            setValues({ ...values, [name]: currentTarget.value });
          }}
        />
      ))}
      <PasswordInput
        label={texts.clientSecret}
        autoComplete="off"
        {...(begin?.hasSecret === true ? { description: texts.secretKept } : {})}
        value={secret}
        onChange={({ currentTarget }) => {
          setSecret(currentTarget.value);
        }}
      />
      <Textarea
        label={texts.domains}
        description={texts.domainsHint}
        dir="ltr"
        autosize
        required
        withAsterisk={false}
        value={domains}
        onChange={({ currentTarget }) => {
          setDomains(currentTarget.value);
        }}
      />
      <NativeSelect
        label={texts.role}
        data={[
          { value: '', label: texts.noRole },
          ...ROLES.map((one) => ({ value: one, label: roles[one] })),
        ]}
        value={role ?? ''}
        onChange={({ currentTarget: { value } }) => {
          setValues({ ...values, role: ROLES.find((one) => one === value) ?? null });
        }}
      />
      {FLAGS.map((name) => (
        <Checkbox
          key={name}
          label={texts[name]}
          checked={values[name]}
          onChange={({ currentTarget }) => {
            setValues({ ...values, [name]: currentTarget.checked });
          }}
        />
      ))}
    </SendForm>
  );
}
