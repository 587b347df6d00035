import { Button, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { Problem } from '../api/problem';
import { TextLink } from '../app/text-link';
import { ActionButton } from '../page/action-button';
import { useOwnTexts } from '../texts/language';
import { draftOf, patchBody } from './endpoint-draft';
import { EndpointForm } from './endpoint-form';
import type { TabProps } from './endpoint-page';
import { ownForm } from './form-texts';
import { isConnector } from './format-fields';
import { RotateSecret } from './rotate-secret';
import { Tester } from './test-button';
import { own } from './texts';
import { useOwed } from './use-owed';

/** The form of an endpoint that is there; only what was changed is sent, and only if nobody else changed it meanwhile. */
export function SettingsTab(props: TabProps): ReactNode {
  const { endpoint, tenant, may } = props;
  const texts = useOwnTexts(ownForm);
  const client = useQueryClient();
  // What the form began with: what comes in by itself does not take away what is being typed.
  const [begun, setBegun] = useState(endpoint);
  const [draft, setDraft] = useState(() => draftOf(endpoint));
  const patch = patchBody(draftOf(begun), draft);
  const isChanged = Object.keys(patch).length > 0;
  const save = useMutation({
    mutationFn: () =>
      ask('endpoints.patch', { path: { id: endpoint.id }, body: patch, tenant, seen: begun.updatedAt }),
    onSuccess: async (saved) => {
      setBegun(saved);
      setDraft(draftOf(saved));
      await client.invalidateQueries({ queryKey: ['endpoints', tenant] });
    },
  });
  const isOld = save.error instanceof Problem && save.error.status === 412;
  const reload = async (): Promise<void> => {
    const now = await ask('endpoints.get', { path: { id: endpoint.id }, tenant });
    setBegun(now);
    setDraft(draftOf(now));
    save.reset();
  };
  return (
    <Stack gap="lg">
      {isConnector(endpoint.format) && (
        <Text size="sm">
          {texts.isCrm}{' '}
          <TextLink to="/t/$tenant/connectors/$endpointId" params={{ tenant, endpointId: endpoint.id }}>
            {texts.toConnector}
          </TextLink>
        </Text>
      )}
      <EndpointForm
        key={begun.updatedAt}
        tenant={tenant}
        draft={draft}
        set={(next) => {
          setDraft((before) => ({ ...before, ...next }));
        }}
        isNew={false}
        may={may}
        error={isOld ? null : save.error}
        isPending={save.isPending}
        submitLabel={texts.save}
        submit={() => {
          if (isChanged) save.mutate();
        }}
        said={
          isOld ? (
            <ChangedMeanwhile reload={reload} />
          ) : (
            <Text size="sm" role="status">
              {save.isSuccess && !isChanged ? texts.saved : isChanged ? '' : texts.unchanged}
            </Text>
          )
        }
        beside={
          <section>
            <Title order={2} size="h4" mb="xs">
              {texts.liveTest}
            </Title>
            {isChanged && (
              <Text size="sm" className="tone-waiting">
                {texts.liveUnsaved}
              </Text>
            )}
            <Tester id={endpoint.id} tenant={tenant} />
          </section>
        }
      />
      {may && endpoint.format !== 'email' && <RotateSecret endpoint={endpoint} tenant={tenant} />}
      {may && <Remove {...props} />}
    </Stack>
  );
}

function ChangedMeanwhile({ reload }: { reload: () => Promise<void> }): ReactNode {
  const texts = useOwnTexts(ownForm);
  return (
    <div role="alert" className="card">
      <Text size="sm">{texts.changedMeanwhile}</Text>
      <Button size="xs" variant="default" mt="xs" onClick={() => void reload()}>
        {texts.reload}
      </Button>
    </div>
  );
}

function Remove({ endpoint, tenant }: TabProps): ReactNode {
  const { do: texts } = useOwnTexts(own);
  const form = useOwnTexts(ownForm);
  const navigate = useNavigate();
  const client = useQueryClient();
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {form.danger}
      </Title>
      <ActionButton
        label={texts.remove}
        color="red"
        variant="outline"
        act={async () => {
          await ask('endpoints.remove', { path: { id: endpoint.id }, tenant });
          await navigate({ to: '/t/$tenant/endpoints', params: { tenant } });
          await client.invalidateQueries({ queryKey: ['endpoints', tenant] });
        }}
        confirm={<RemoveAbout id={endpoint.id} tenant={tenant} />}
      />
    </section>
  );
}

function RemoveAbout({ id, tenant }: { id: string; tenant: string }): ReactNode {
  const { do: texts } = useOwnTexts(own);
  const owed = useOwed(id, tenant);
  return owed === undefined ? null : texts.removeAbout(texts.held(owed.due + owed.held));
}
