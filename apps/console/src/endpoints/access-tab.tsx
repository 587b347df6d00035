import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { EndpointAccessDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { Facts } from '../page/facts';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import { accessBody, accessDraftOf } from './access-draft';
import { AccessFields } from './access-fields';
import { ownAccess } from './access-texts';
import type { TabProps } from './endpoint-page';
import { fieldErrorsOf, isAllShown } from './field-errors';
import { Grants } from './grants';

/** What the receiver is shown: credentials, headers, and who connected it. */
export function AccessTab({ endpoint, tenant }: TabProps): ReactNode {
  const texts = useOwnTexts(ownAccess);
  const query = useQuery({
    queryKey: ['endpoints', tenant, endpoint.id, 'access'],
    queryFn: ({ signal }) => ask('endpointAccess.get', { path: { id: endpoint.id }, tenant, signal }),
  });
  return (
    <Stack gap="lg">
      <Text size="sm">{texts.about}</Text>
      <Loaded query={query}>
        {(access) => (
          <>
            <Now access={access} />
            {access.auth.kind === 'oauth2_code' && <Grants id={endpoint.id} tenant={tenant} />}
            <Replace id={endpoint.id} tenant={tenant} access={access} />
          </>
        )}
      </Loaded>
    </Stack>
  );
}

/** Members that say something by themselves. */
const PLAIN = ['user', 'tokenUrl', 'authoriseUrl', 'clientId', 'scope', 'audience'] as const;

function Now({ access: { auth, headers } }: { access: EndpointAccessDto }): ReactNode {
  const texts = useOwnTexts(ownAccess);
  const { certificate } = auth;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {texts.now}
      </Title>
      <Facts
        of={{
          [texts.kind]: texts.kinds[auth.kind],
          ...Object.fromEntries<ReactNode>(
            PLAIN.flatMap((name): [string, ReactNode][] =>
              auth[name] === null ? [] : [[texts.fields[name] ?? name, <bdi key={name}>{auth[name]}</bdi>]],
            ),
          ),
          [texts.headers]: headers.length === 0 ? texts.headersNone : <bdi>{headers.join(', ')}</bdi>,
          ...(certificate !== null && {
            [texts.subject]: <bdi>{certificate.subject}</bdi>,
            [texts.issuer]: <bdi>{certificate.issuer}</bdi>,
            [texts.validTo]: <TimeText at={certificate.validTo} />,
            [texts.fingerprint]: <bdi className="small-id">{certificate.fingerprint}</bdi>,
          }),
        }}
      />
    </section>
  );
}

interface ReplaceProps {
  id: string;
  tenant: string;
  access: EndpointAccessDto;
}

function Replace({ id, tenant, access }: ReplaceProps): ReactNode {
  const texts = useOwnTexts(ownAccess);
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => accessDraftOf(access));
  const stale = ['endpoints', tenant, id];
  const put = useMutation({
    mutationFn: () => ask('endpointAccess.put', { path: { id }, body: accessBody(draft), tenant }),
    onSuccess: async (now) => {
      setDraft(accessDraftOf(now));
      await client.invalidateQueries({ queryKey: stale });
    },
  });
  const isSomething = access.auth.kind !== 'none' || access.headers.length > 0;
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {texts.replace}
      </Title>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          put.mutate();
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{texts.replaceAbout}</Text>
          <AccessFields draft={draft} set={setDraft} errors={fieldErrorsOf(put.error)} />
          {put.error !== null && !isAllShown(put.error, ['auth', 'headers']) && (
            <ProblemNotice error={put.error} />
          )}
          <Group gap="sm">
            <Button type="submit" loading={put.isPending}>
              {texts.replace}
            </Button>
            {put.isSuccess && (
              <Text size="sm" role="status">
                {texts.saved}
              </Text>
            )}
            {isSomething && (
              <ActionButton
                size="sm"
                label={texts.remove}
                color="red"
                variant="outline"
                act={() => ask('endpointAccess.remove', { path: { id }, tenant })}
                stale={[stale]}
                confirm={texts.removeAbout}
              />
            )}
          </Group>
        </Stack>
      </form>
    </section>
  );
}
