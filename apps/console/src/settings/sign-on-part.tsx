import { Code, Group, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { IdentityProviderDto, IdentityProviderTestDto } from '../api/operations';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { ActionButton } from '../page/action-button';
import { CopyButton } from '../page/copy-button';
import { isolated } from '../texts/isolated';
import { useOwnTexts } from '../texts/language';
import { MoreButton } from './more-button';
import { Part } from './part';
import { ProviderForm } from './provider-form';
import { own } from './sign-on-texts';
import { own as words } from './texts';

/** Who else may answer for the people of the tenant. */
export function SignOnPart({ tenant }: { tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  // Each that was added leaves an empty form behind.
  const [added, add] = useState(0);
  const { rows, query } = usePages(['settings', tenant, 'providers'], (cursor, signal) =>
    ask('identityProviders.list', { query: { limit: 50, cursor }, tenant, signal }),
  );
  return (
    <>
      <Part title={texts.list}>
        <Text size="sm">{texts.about}</Text>
        <Listed error={query.error} retry={query.refetch} count={rows?.length} none={texts.none}>
          <ul className="settings-rows">
            {rows?.map((provider) => (
              <ProviderRow key={provider.id} provider={provider} tenant={tenant} />
            ))}
          </ul>
          <MoreButton query={query} />
        </Listed>
      </Part>
      <Part title={texts.make}>
        <ProviderForm
          key={added}
          label={texts.send}
          tenant={tenant}
          send={async (body) => {
            await ask('identityProviders.create', { body, tenant });
            add(added + 1);
          }}
        />
      </Part>
    </>
  );
}

function ProviderRow({ provider, tenant }: { provider: IdentityProviderDto; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { remove } = useOwnTexts(words);
  const [changes, setChanges] = useState(false);
  const [tested, setTested] = useState<IdentityProviderTestDto>();
  const { id, label, issuer, domains, enabled, redirectUri } = provider;
  return (
    <li>
      <div className="settings-what">
        <b>
          <bdi>{label}</bdi>
        </b>{' '}
        {!enabled && `(${texts.off}) `}· <bdi dir="ltr">{issuer}</bdi> ·{' '}
        <bdi dir="ltr">{domains.join(', ')}</bdi>
        <Group gap="xs">
          <Text size="sm" c="dimmed">
            {texts.redirect}
          </Text>
          <Code dir="ltr">{redirectUri}</Code>
          <CopyButton text={redirectUri} />
        </Group>
        {tested !== undefined && <Tested tested={tested} />}
      </div>
      <div className="settings-acts">
        <ActionButton
          label={texts.test}
          variant="default"
          act={async () => {
            setTested(await ask('identityProviders.test', { path: { id }, tenant }));
          }}
        />
        <ActionButton
          label={texts.change}
          variant="default"
          act={() => {
            setChanges(!changes);
            return Promise.resolve();
          }}
        />
        <ActionButton
          label={remove}
          color="red"
          variant="outline"
          confirm={texts.remove(isolated(label))}
          act={() => ask('identityProviders.remove', { path: { id }, tenant })}
          stale={[['settings', tenant, 'providers']]}
        />
      </div>
      {changes && (
        <div className="settings-box settings-what">
          <ProviderForm
            label={texts.save}
            tenant={tenant}
            begin={provider}
            send={async ({ clientSecret, ...body }) => {
              await ask('identityProviders.patch', {
                path: { id },
                body: { ...body, ...(clientSecret === null ? {} : { clientSecret }) },
                tenant,
              });
              setChanges(false);
            }}
          />
        </div>
      )}
    </li>
  );
}

function Tested({
  tested: { ok, problem, authorizationEndpoint },
}: {
  tested: IdentityProviderTestDto;
}): ReactNode {
  const texts = useOwnTexts(own);
  return (
    <Text size="sm" role="status" className={ok ? 'tone-good' : 'tone-bad'}>
      {ok ? texts.testOk : texts.testFailed} <bdi dir="ltr">{problem ?? authorizationEndpoint}</bdi>
    </Text>
  );
}
