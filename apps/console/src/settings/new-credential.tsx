import { NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ApiCredentialOnceDto } from '../api/operations';
import { SecretOnce } from '../page/secret-once';
import { isolated } from '../texts/isolated';
import { useOwnTexts } from '../texts/language';
import { CredentialForm } from './credential-form';
import { own } from './credentials-texts';

const KINDS_OF = {
  voicenter: ['code'],
  globalex: ['login', 'token'],
  voipnow: ['client'],
} as const;
type Facade = keyof typeof KINDS_OF;
const FACADES = Object.keys(KINDS_OF) as Facade[];

/** Makes a credential, and shows its secret once. */
export function NewCredential({ tenant }: { tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const [facade, setFacade] = useState<Facade>('voicenter');
  const [kind, setKind] = useState<(typeof KINDS_OF)[Facade][number]>('code');
  const [chosen, setConnection] = useState<string>();
  const [made, setMade] = useState<ApiCredentialOnceDto>();
  const connections = useQuery({
    queryKey: ['connections', tenant, 'names'],
    queryFn: ({ signal }) => ask('connections.list', { query: { limit: 200 }, tenant, signal }),
  });
  const connectionId = chosen ?? connections.data?.data[0]?.id;
  if (connections.data?.data.length === 0) return <Text size="sm">{texts.noConnection}</Text>;
  return (
    <Stack gap="sm">
      <CredentialForm
        key={made?.id}
        label={texts.send}
        tenant={tenant}
        disabled={connectionId === undefined}
        send={(traits) =>
          ask('apiCredentials.create', {
            body: { ...traits, facade, kind, connectionId: connectionId ?? '' },
            tenant,
          })
        }
        whenSent={setMade}
      >
        <NativeSelect
          label={texts.connection}
          data={(connections.data?.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          value={connectionId ?? ''}
          onChange={({ currentTarget }) => {
            setConnection(currentTarget.value);
          }}
        />
        <NativeSelect
          label={texts.facade}
          data={FACADES}
          value={facade}
          onChange={({ currentTarget: { value } }) => {
            const next = FACADES.find((one) => one === value) ?? 'voicenter';
            setFacade(next);
            setKind(KINDS_OF[next][0]);
          }}
        />
        <NativeSelect
          label={texts.kind}
          data={KINDS_OF[facade].map((one) => ({ value: one, label: texts.kinds[one] }))}
          value={kind}
          onChange={({ currentTarget: { value } }) => {
            setKind(KINDS_OF[facade].find((one) => one === value) ?? KINDS_OF[facade][0]);
          }}
        />
      </CredentialForm>
      {made !== undefined && <Secrets made={made} />}
    </Stack>
  );
}

const MEMBERS = ['code', 'user', 'password', 'organisation', 'clientId', 'clientSecret'] as const;

function Secrets({ made: { name, secret } }: { made: ApiCredentialOnceDto }): ReactNode {
  const texts = useOwnTexts(own);
  return MEMBERS.map((member) => {
    const value = secret[member];
    return value === null ? null : (
      <SecretOnce key={member} title={`${texts.shown(isolated(name))}: ${texts[member]}`} secret={value} />
    );
  });
}
