import { Group, NativeSelect, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { usePages } from '../list/pages-of';
import { ActionButton } from '../page/action-button';
import { Loaded } from '../page/loaded';
import { isolated } from '../texts/isolated';
import { useOwnTexts, useTexts } from '../texts/language';
import { orMissing } from './or-missing';
import { phonesTexts } from './phones-texts';
import { TextField } from './text-field';
import { own } from './texts';
import { connectionsKey } from './use-connection';

/** With what the extensions register: one is chosen and given an account. */
export function SipAccounts({ tenant, id }: { tenant: string; id: string }): ReactNode {
  const texts = useOwnTexts(phonesTexts);
  const { people } = useOwnTexts(own);
  const [chosen, choose] = useState('');
  const { rows = [], query } = usePages([...connectionsKey(tenant), id, 'extensions'], (cursor, signal) =>
    ask('extensions.list', { path: { id }, query: { limit: 100, cursor }, tenant, signal }),
  );
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {texts.accounts}
      </Title>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {rows.length === 0 && query.isSuccess ? texts.noExtensions : texts.accountsAbout}
        </Text>
        {rows.length > 0 && (
          <NativeSelect
            label={texts.extension}
            data={[
              { value: '', label: texts.choose },
              ...rows.map(({ number, label }) => ({
                value: number,
                label: label === null ? number : `${number} · ${label}`,
              })),
            ]}
            value={chosen}
            onChange={({ currentTarget: { value } }) => {
              choose(value);
            }}
          />
        )}
        {query.hasNextPage && (
          <ActionButton label={people.more} variant="default" act={() => query.fetchNextPage()} />
        )}
        {chosen !== '' && <Account tenant={tenant} id={id} number={chosen} key={chosen} />}
      </Stack>
    </section>
  );
}

interface AccountProps {
  tenant: string;
  id: string;
  number: string;
}

function Account({ tenant, id, number }: AccountProps): ReactNode {
  const texts = useOwnTexts(phonesTexts);
  const { settings } = useOwnTexts(own);
  const { actions } = useTexts();
  const [user, setUser] = useState(number);
  const [password, setPassword] = useState('');
  const path = { id, number };
  const key = [...connectionsKey(tenant), id, 'sip-account', number];
  const account = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => orMissing(ask('sipAccount.get', { path, tenant, signal })),
  });
  return (
    <Loaded query={account}>
      {(known) => (
        <Stack gap="sm">
          <Text size="sm" role="status">
            {known === null ? texts.hasNone : texts.has(isolated(known.user))}
          </Text>
          <TextField label={texts.user} dir="ltr" autoComplete="off" value={user} change={setUser} />
          <PasswordInput
            label={texts.password}
            autoComplete="new-password"
            value={password}
            onChange={({ currentTarget: { value } }) => {
              setPassword(value);
            }}
          />
          <Group gap="sm">
            <ActionButton
              label={actions.save}
              size="sm"
              disabled={user.trim() === '' || password === ''}
              act={() => ask('sipAccount.put', { path, body: { user: user.trim(), password }, tenant })}
              done={settings.saved}
              stale={[key]}
              whenDone={() => {
                setPassword('');
              }}
            />
            {known !== null && (
              <ActionButton
                label={texts.removeAccount}
                size="sm"
                color="red"
                variant="outline"
                confirm={texts.removeAsk(isolated(number))}
                act={() => ask('sipAccount.remove', { path, tenant })}
                stale={[key]}
              />
            )}
          </Group>
        </Stack>
      )}
    </Loaded>
  );
}
