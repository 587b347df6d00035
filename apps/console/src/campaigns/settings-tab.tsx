import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type SubmitEvent, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { Problem } from '../api/problem';
import { ProblemNotice } from '../app/problem-notice';
import { useRole } from '../app/use-role';
import { ActionButton } from '../page/action-button';
import { SecretOnce } from '../page/secret-once';
import { useOwnTexts } from '../texts/language';
import { fieldsOf, type Group as FieldGroup } from './fields';
import { PackChoice } from './pack-choice';
import type { PartProps } from './part-props';
import { changesOf, draftOf, faultOf, type Draft } from './settings-draft';
import { SettingsFields } from './settings-fields';
import { own } from './texts';

/** When, how often and whom the campaign may dial. */
export function RulesTab(part: PartProps): ReactNode {
  return <SettingsForm {...part} groups={['hours', 'attempts', 'whom', 'promises']} withPacks />;
}

/** How its calls are placed, and when somebody is tried again. */
export function SettingsTab(part: PartProps): ReactNode {
  return (
    <Stack gap="md">
      <SettingsForm {...part} groups={['calls', 'message', 'pacing', 'retry']} withPacks={false} />
      <Code {...part} />
    </Stack>
  );
}

interface SettingsFormProps extends PartProps {
  groups: readonly FieldGroup[];
  withPacks: boolean;
}

function SettingsForm({ campaign, tenant, groups, withPacks }: SettingsFormProps): ReactNode {
  const texts = useOwnTexts(own);
  const client = useQueryClient();
  const mayNot = useRole(tenant) === 'supervisor';
  const fields = fieldsOf(groups, campaign.mode);
  const before = draftOf(campaign.settings, fields);
  const [edits, setEdits] = useState<Draft>({});
  const packsBefore = packsOf(campaign.settings);
  const [packs, setPacks] = useState<string[]>();
  const draft = { ...before, ...edits };
  const changes = withRules(changesOf(draft, before, fields), packs);
  const save = useMutation({
    mutationFn: () =>
      ask('campaigns.patch', { path: { id: campaign.id }, body: { settings: changes }, tenant }),
    onSuccess: async (saved) => {
      client.setQueryData(['campaigns', tenant, campaign.id], saved);
      setEdits({});
      setPacks(undefined);
      await client.invalidateQueries({ queryKey: ['campaigns', tenant] });
    },
  });
  const errors = save.error instanceof Problem ? save.error.errors : [];
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md" maw={960}>
        {mayNot && <Text size="sm">{texts.onlyRole}</Text>}
        {withPacks && (
          <PackChoice
            tenant={tenant}
            chosen={packs ?? packsBefore}
            choose={setPacks}
            disabled={mayNot}
            fault={faultOf('rules.packs', errors)}
          />
        )}
        {groups.map((group) => (
          <SettingsFields
            key={group}
            group={group}
            mode={campaign.mode}
            draft={draft}
            change={(path, text) => {
              setEdits((now) => ({ ...now, [path]: text }));
            }}
            errors={errors}
            disabled={mayNot}
          />
        ))}
        {save.error !== null && <ProblemNotice error={save.error} />}
        <Group>
          <Button
            type="submit"
            size="sm"
            disabled={mayNot || Object.keys(changes).length === 0}
            loading={save.isPending}
          >
            {texts.save}
          </Button>
          {save.isSuccess && (
            <Text size="sm" role="status">
              {texts.saved}
            </Text>
          )}
        </Group>
      </Stack>
    </form>
  );
}

function packsOf(settings: Readonly<Record<string, unknown>>): string[] {
  const { packs = [] } = (settings['rules'] ?? {}) as { packs?: string[] };
  return packs;
}

function withRules(changes: Record<string, unknown>, packs: string[] | undefined): Record<string, unknown> {
  if (packs === undefined) return changes;
  return { ...changes, rules: { ...(changes['rules'] as object | undefined), packs } };
}

/** What software of a vendor's dialer names the campaign by; only a new one can be shown. */
function Code({ campaign, tenant }: PartProps): ReactNode {
  const texts = useOwnTexts(own);
  const [code, setCode] = useState<string>();
  if (useRole(tenant) === 'supervisor') return null;
  return (
    <Stack gap="xs" align="flex-start" className="campaign-part">
      <h2>{texts.code}</h2>
      <Text size="sm">{texts.codeAbout}</Text>
      {code === undefined ? (
        <ActionButton
          label={texts.newCode}
          variant="default"
          confirm={texts.newCodeAsks}
          act={async () => {
            const made = await ask('campaigns.recode', { path: { id: campaign.id }, tenant });
            setCode(made.code);
          }}
        />
      ) : (
        <SecretOnce title={texts.code} secret={code} />
      )}
    </Stack>
  );
}
