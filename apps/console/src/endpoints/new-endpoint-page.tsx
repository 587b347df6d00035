import { Button, Checkbox, Stack, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { EndpointOnceDto } from '../api/operations';
import { ProblemNotice } from '../app/problem-notice';
import { TextLink } from '../app/text-link';
import { mayManage } from '../app/may';
import { useRole } from '../app/use-role';
import { Text } from '@mantine/core';
import { PageHead } from '../page/page-head';
import { SecretOnce } from '../page/secret-once';
import { useOwnTexts } from '../texts/language';
import { accessBody, isNoAccess, NO_ACCESS, type AccessDraft } from './access-draft';
import { AccessFields } from './access-fields';
import { NEW_DRAFT, newBody } from './endpoint-draft';
import { EndpointForm } from './endpoint-form';
import './endpoints.css';
import { fieldErrorsOf } from './field-errors';
import { ownForm } from './form-texts';
import { Tester } from './test-button';
import { own } from './texts';
import { VerifySnippets } from './verify-snippets';

const FROM = '/shell/t/$tenant/endpoints/new';
const SIGNATURES = ['v1', 'v1a'] as const;

interface Made {
  endpoint: EndpointOnceDto;
  /** Why what it is shown was not taken. */
  accessError: unknown;
}

/** Makes an endpoint, and shows its secret the one time. */
export function NewEndpointPage(): ReactNode {
  const { tenant } = useParams({ from: FROM });
  const texts = useOwnTexts(own);
  const form = useOwnTexts(ownForm);
  const role = useRole(tenant);
  const [access, setAccess] = useState(NO_ACCESS);
  const [made, setMade] = useState<Made>();
  return (
    <Stack gap="md">
      <TextLink to="/t/$tenant/endpoints" params={{ tenant }} size="sm">
        {texts.title}
      </TextLink>
      {made === undefined ? (
        <>
          <PageHead title={form.newTitle} about={form.newAbout} />
          {role !== null && !mayManage(role) ? (
            <Text>{texts.nobodyMay}</Text>
          ) : (
            <NewForm tenant={tenant} access={access} setAccess={setAccess} whenMade={setMade} />
          )}
        </>
      ) : (
        <MadePage tenant={tenant} made={made} access={access} setAccess={setAccess} setMade={setMade} />
      )}
    </Stack>
  );
}

interface AccessProps {
  tenant: string;
  access: AccessDraft;
  setAccess: (access: AccessDraft) => void;
}

function NewForm({
  tenant,
  access,
  setAccess,
  whenMade,
}: AccessProps & { whenMade: (made: Made) => void }): ReactNode {
  const form = useOwnTexts(ownForm);
  const client = useQueryClient();
  const [draft, setDraft] = useState(NEW_DRAFT);
  const [signatures, setSignatures] = useState<readonly ('v1' | 'v1a')[]>(['v1']);
  const make = useMutation({
    mutationFn: async (): Promise<Made> => {
      const endpoint = await ask('endpoints.create', { body: newBody(draft, signatures), tenant });
      return { endpoint, accessError: await putAccess(endpoint.id, access, tenant) };
    },
    onSuccess: async (done) => {
      whenMade(done);
      // The button is at the end of a long form, and the secret at the top.
      window.scrollTo({ top: 0 });
      await client.invalidateQueries({ queryKey: ['endpoints', tenant] });
    },
  });
  return (
    <EndpointForm
      tenant={tenant}
      draft={draft}
      set={(patch) => {
        setDraft((before) => ({ ...before, ...patch }));
      }}
      isNew
      may
      error={make.error}
      isPending={make.isPending}
      submitLabel={form.create}
      submit={() => {
        make.mutate();
      }}
      access={
        draft.format === 'email' ? undefined : (
          <Stack gap="sm">
            <Checkbox.Group
              label={form.signatures}
              value={[...signatures]}
              onChange={(chosen) => {
                setSignatures(SIGNATURES.filter((one) => chosen.includes(one)));
              }}
            >
              <Stack gap="xs" mt={4}>
                <Checkbox value="v1" label={form.v1} />
                <Checkbox value="v1a" label={form.v1a} />
              </Stack>
            </Checkbox.Group>
            <AccessFields draft={access} set={setAccess} errors={{}} />
          </Stack>
        )
      }
      beside={
        <section>
          <Title order={2} size="h4" mb="xs">
            {form.liveTest}
          </Title>
          <Text size="sm">{form.liveAfter}</Text>
        </section>
      }
    />
  );
}

/** @returns why it was not taken; null where it was */
async function putAccess(id: string, access: AccessDraft, tenant: string): Promise<unknown> {
  if (isNoAccess(access)) return null;
  try {
    await ask('endpointAccess.put', { path: { id }, body: accessBody(access), tenant });
    return null;
  } catch (error) {
    return error;
  }
}

interface MadePageProps extends AccessProps {
  made: Made;
  setMade: (made: Made) => void;
}

function MadePage({ tenant, made, access, setAccess, setMade }: MadePageProps): ReactNode {
  const form = useOwnTexts(ownForm);
  const { endpoint, accessError } = made;
  return (
    <>
      <PageHead title={endpoint.name} about={form.made}>
        <Button
          size="xs"
          variant="default"
          renderRoot={(props) => (
            <Link
              to="/t/$tenant/endpoints/$endpointId"
              params={{ tenant, endpointId: endpoint.id }}
              {...props}
            />
          )}
        >
          {form.goOn}
        </Button>
      </PageHead>
      {accessError !== null && (
        <section className="card">
          <Stack gap="sm" align="flex-start">
            <Text size="sm">{form.accessFailed}</Text>
            <ProblemNotice error={accessError} />
            <AccessFields draft={access} set={setAccess} errors={fieldErrorsOf(accessError)} />
            <AgainButton
              act={async () => {
                setMade({ endpoint, accessError: await putAccess(endpoint.id, access, tenant) });
              }}
            />
          </Stack>
        </section>
      )}
      {endpoint.secret !== null && <SecretOnce title={form.secret} secret={endpoint.secret} />}
      {endpoint.publicKey !== null && <SecretOnce title={form.publicKey} secret={endpoint.publicKey} />}
      <div className="two-columns">
        {endpoint.secret !== null && <VerifySnippets />}
        <section>
          <Title order={2} size="h4" mb="xs">
            {form.liveTest}
          </Title>
          <Tester id={endpoint.id} tenant={tenant} />
        </section>
      </div>
    </>
  );
}

function AgainButton({ act }: { act: () => Promise<void> }): ReactNode {
  const { sections } = useOwnTexts(ownForm);
  const again = useMutation({ mutationFn: act });
  return (
    <Button
      loading={again.isPending}
      onClick={() => {
        again.mutate();
      }}
    >
      {sections.access}
    </Button>
  );
}
