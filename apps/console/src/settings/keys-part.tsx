import { Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ApiKeyDto, ApiKeyOnceDto } from '../api/operations';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { SecretOnce } from '../page/secret-once';
import { isolated } from '../texts/isolated';
import { useOwnTexts } from '../texts/language';
import { own } from './keys-texts';
import { MoreButton } from './more-button';
import { Part } from './part';
import { SendForm } from './send-form';
import { own as words } from './texts';

const SCOPES = ['read', 'write', 'admin'] as const;
const PAGE = 50;

/** What software shows that uses the API. */
export function KeysPart({ tenant }: { tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { rows, query } = usePages(['settings', tenant, 'keys'], (cursor, signal) =>
    ask('apiKeys.list', { query: { limit: PAGE, cursor }, tenant, signal }),
  );
  return (
    <>
      <Part title={texts.make}>
        <Text size="sm">{texts.about}</Text>
        <NewKey tenant={tenant} />
      </Part>
      <Part title={texts.keys}>
        <Listed error={query.error} retry={query.refetch} count={rows?.length} none={texts.none}>
          <ul className="settings-rows">
            {rows?.map((key) => (
              <KeyRow key={key.id} apiKey={key} tenant={tenant} />
            ))}
          </ul>
          <MoreButton query={query} />
        </Listed>
      </Part>
    </>
  );
}

function NewKey({ tenant }: { tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { name: nameWord, optional } = useOwnTexts(words);
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(['read']);
  const [endsAt, setEndsAt] = useState('');
  const [made, setMade] = useState<ApiKeyOnceDto>();
  const body = {
    name,
    scopes: SCOPES.filter((scope) => scopes.includes(scope)),
    ...(endsAt !== '' && { expiresAt: new Date(endsAt).toISOString() }),
  };
  return (
    <Stack gap="sm">
      <SendForm
        label={texts.send}
        disabled={body.scopes.length === 0}
        send={() => ask('apiKeys.create', { body, tenant })}
        stale={[['settings', tenant, 'keys']]}
        whenSent={(answer) => {
          setMade(answer);
          setName('');
        }}
      >
        <TextInput
          label={nameWord}
          required
          withAsterisk={false}
          value={name}
          onChange={({ currentTarget }) => {
            setName(currentTarget.value);
          }}
        />
        <TextInput
          label={texts.expiresAt}
          description={optional}
          type="datetime-local"
          value={endsAt}
          onChange={({ currentTarget }) => {
            setEndsAt(currentTarget.value);
          }}
        />
        <Checkbox.Group className="wide" label={texts.scopes} value={scopes} onChange={setScopes}>
          <Group gap="md" mt={4}>
            {SCOPES.map((scope) => (
              <Checkbox key={scope} value={scope} label={texts.scopeWords[scope]} />
            ))}
          </Group>
        </Checkbox.Group>
      </SendForm>
      {made !== undefined && <SecretOnce title={texts.shown(isolated(made.name))} secret={made.key} />}
    </Stack>
  );
}

function KeyRow({ apiKey, tenant }: { apiKey: ApiKeyDto; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { lastUsed, expires, made, revoke } = useOwnTexts(words);
  const { id, name, prefix, scopes, lastUsedAt, expiresAt, createdAt, revokedAt } = apiKey;
  return (
    <li>
      <div className="settings-what">
        <b className={revokedAt === null ? undefined : 'is-over'}>
          <bdi>{name}</bdi>
        </b>{' '}
        <bdi className="number" dir="ltr">
          {prefix}…
        </bdi>{' '}
        · <bdi>{scopes.join(', ')}</bdi>
        <Text size="sm" c="dimmed" component="div">
          {made} <TimeText at={createdAt} /> · {lastUsed} <TimeText at={lastUsedAt} />
          {expiresAt !== null && (
            <>
              {' '}
              · {expires} <TimeText at={expiresAt} />
            </>
          )}
        </Text>
      </div>
      {revokedAt === null ? (
        <ActionButton
          label={revoke}
          color="red"
          variant="outline"
          confirm={texts.revokeConfirm(isolated(name))}
          act={() => ask('apiKeys.revoke', { path: { id }, tenant })}
          stale={[['settings', tenant, 'keys']]}
        />
      ) : (
        <Text size="sm">
          {texts.revoked} <TimeText at={revokedAt} />
        </Text>
      )}
    </li>
  );
}
