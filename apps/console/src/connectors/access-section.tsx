import { Button, Group, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { EndpointAccessDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { Facts } from '../page/facts';
import { Loaded } from '../page/loaded';
import { useOwnTexts, useTexts } from '../texts/language';
import { accessOf, emptyAccess, missingIn } from './access-of';
import type { ConnectionProps } from './connector-page';
import { CredentialFields } from './credential-fields';
import { GrantsSection } from './grants-section';
import { own } from './texts';

/** What the CRM is shown, other credentials for it, and who agreed on its page. */
export function AccessSection(props: ConnectionProps): ReactNode {
  const { access } = useOwnTexts(own);
  const { tenant, endpoint } = props;
  const { id } = endpoint;
  const query = useQuery({
    queryKey: ['endpoints', tenant, id, 'access'],
    queryFn: ({ signal }) => ask('endpointAccess.get', { path: { id }, tenant, signal }),
  });
  const [changing, setChanging] = useState(false);
  return (
    <Loaded query={query}>
      {(kept) => (
        <>
          {kept.auth.kind === 'oauth2_code' && <GrantsSection {...props} />}
          <section className="con-section">
            <Title order={2}>{access.title}</Title>
            <Shown kept={kept} />
            {changing ? (
              <ChangeAccess
                {...props}
                whenDone={() => {
                  setChanging(false);
                }}
              />
            ) : (
              <Group>
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => {
                    setChanging(true);
                  }}
                >
                  {access.change}
                </Button>
              </Group>
            )}
          </section>
        </>
      )}
    </Loaded>
  );
}

function Shown({ kept: { auth, headers } }: { kept: EndpointAccessDto }): ReactNode {
  const { access, form } = useOwnTexts(own);
  const ltr = (text: string | null): ReactNode => (text === null ? undefined : <bdi dir="ltr">{text}</bdi>);
  if (auth.kind === 'none' && headers.length === 0) return <Text size="sm">{access.none}</Text>;
  const kinds: Partial<Record<string, string>> = form.kinds;
  const kind = auth.kind === 'none' ? form.kinds.header : (kinds[auth.kind] ?? auth.kind);
  return (
    <Facts
      of={{
        [access.shownAs]: kind,
        [form.user]: ltr(auth.user),
        [form.clientId]: ltr(auth.clientId),
        [form.scope]: ltr(auth.scope),
        [form.tokenUrl]: ltr(auth.tokenUrl),
        [form.header]: headers.length === 0 ? undefined : ltr(headers.join(', ')),
      }}
    />
  );
}

function ChangeAccess({
  tenant,
  endpoint: { id },
  connector,
  whenDone,
}: ConnectionProps & { whenDone: () => void }): ReactNode {
  const { form } = useOwnTexts(own);
  const { actions } = useTexts();
  const client = useQueryClient();
  const [draft, setDraft] = useState(() => emptyAccess(connector));
  const [tried, setTried] = useState(false);
  const missing = missingIn(draft, connector);
  const put = useMutation({
    mutationFn: () => ask('endpointAccess.put', { path: { id }, body: accessOf(draft), tenant }),
    onSuccess: async () => {
      await Promise.all([
        client.invalidateQueries({ queryKey: ['endpoints', tenant] }),
        client.invalidateQueries({ queryKey: ['crm-probe', tenant, id] }),
      ]);
      whenDone();
    },
  });
  return (
    <form
      className="con-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (missing.length === 0) put.mutate();
      }}
    >
      <CredentialFields
        connector={connector}
        draft={draft}
        change={setDraft}
        missing={tried ? missing : []}
      />
      {put.error !== null && <ProblemNotice error={put.error} />}
      <Group>
        <Button type="submit" size="xs" loading={put.isPending}>
          {form.saveAccess}
        </Button>
        <Button size="xs" variant="default" onClick={whenDone}>
          {actions.cancel}
        </Button>
      </Group>
    </form>
  );
}
