import { Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { ApiCredentialDto } from '../api/operations';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { isolated } from '../texts/isolated';
import { useOwnTexts } from '../texts/language';
import { CredentialForm } from './credential-form';
import { own } from './credentials-texts';
import { MoreButton } from './more-button';
import { NewCredential } from './new-credential';
import { Part } from './part';
import { own as words } from './texts';

const PAGE = 50;

/** What software shows that was written for a PBX vendor's request API. */
export function CredentialsPart({ tenant }: { tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { rows, query } = usePages(['settings', tenant, 'credentials'], (cursor, signal) =>
    ask('apiCredentials.list', { query: { limit: PAGE, cursor }, tenant, signal }),
  );
  return (
    <>
      <Part title={texts.make}>
        <Text size="sm">{texts.about}</Text>
        <NewCredential tenant={tenant} />
      </Part>
      <Part title={texts.list}>
        <Listed error={query.error} retry={query.refetch} count={rows?.length} none={texts.none}>
          <ul className="settings-rows">
            {rows?.map((credential) => (
              <CredentialRow key={credential.id} credential={credential} tenant={tenant} />
            ))}
          </ul>
          <MoreButton query={query} />
        </Listed>
      </Part>
    </>
  );
}

function CredentialRow({ credential, tenant }: { credential: ApiCredentialDto; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { lastUsed, revoke } = useOwnTexts(words);
  const [changes, setChanges] = useState(false);
  const { id, name, facade, shown, rights, revokedAt, lastUsedAt } = credential;
  return (
    <li>
      <div className="settings-what">
        <b className={revokedAt === null ? undefined : 'is-over'}>
          <bdi>{name}</bdi>
        </b>{' '}
        · <bdi>{facade}</bdi> · <bdi dir="ltr">{shown}</bdi>
        <Text size="sm" c="dimmed" component="div">
          {rights.map((right) => texts.rightWords[right]).join(', ')} · {lastUsed}{' '}
          <TimeText at={lastUsedAt} />
        </Text>
      </div>
      {revokedAt === null ? (
        <div className="settings-acts">
          <ActionButton
            label={texts.change}
            variant="default"
            act={() => {
              setChanges(!changes);
              return Promise.resolve();
            }}
          />
          <ActionButton
            label={revoke}
            color="red"
            variant="outline"
            confirm={texts.revokeConfirm(isolated(name))}
            act={() => ask('apiCredentials.revoke', { path: { id }, tenant })}
            stale={[['settings', tenant, 'credentials']]}
          />
        </div>
      ) : (
        <Text size="sm">
          {texts.revoked} <TimeText at={revokedAt} />
        </Text>
      )}
      {changes && (
        <div className="settings-box settings-what">
          <CredentialForm
            label={texts.save}
            tenant={tenant}
            begin={credential}
            send={(body) => ask('apiCredentials.patch', { path: { id }, body, tenant })}
            whenSent={() => {
              setChanges(false);
            }}
          />
        </div>
      )}
    </li>
  );
}
