import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState, type SubmitEvent, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { CampaignDto, CampaignOnceDto } from '../api/operations';
import { Problem } from '../api/problem';
import { ProblemNotice } from '../app/problem-notice';
import { TextLink } from '../app/text-link';
import { PageHead } from '../page/page-head';
import { SecretOnce } from '../page/secret-once';
import { useOwnTexts } from '../texts/language';
import { fieldsOf, type Group as FieldGroup } from './fields';
import { PackChoice } from './pack-choice';
import { changesOf, draftOf, faultOf, type Draft } from './settings-draft';
import { SettingsFields } from './settings-fields';
import { own } from './texts';
import './campaigns.css';

const FROM = '/shell/t/$tenant/campaigns/new';
const MODES = ['progressive', 'preview', 'predictive', 'message', 'callback'] as const;
const GROUPS: readonly FieldGroup[] = [
  ...(['calls', 'message', 'pacing', 'hours', 'attempts', 'whom', 'promises'] as const),
];
/** What holds where a campaign says nothing, as far as the form cannot show it empty. */
const FIRST = {
  presence: 'login',
  ringSeconds: 25,
  agentRingSeconds: 20,
  wrapSeconds: 5,
  pacing: { method: 'planner', abandonTarget: 0.02, waitLimitMs: 2_000 },
  rules: {
    windows: Object.fromEntries(
      ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['09:00', '20:00']]]),
    ),
    ...{ maxAttempts: 6, maxPhoneAttempts: 30, maxPerPhone: [{ count: 3, hours: 24 }], minGapMinutes: 30 },
    ...{ requireConsent: 'never', abandonTarget: 0.02, answerWithinMs: 2_000, minRingSeconds: 15 },
    agentFirst: false,
  },
};

/** A form that makes a campaign: each field says what it does. */
export function NewCampaignPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { tenant } = useParams({ from: FROM });
  const [made, setMade] = useState<CampaignOnceDto>();
  return (
    <Stack gap="md" maw={960}>
      <PageHead title={texts.make} about={texts.makeAbout} />
      {made === undefined ? (
        <NewCampaign tenant={tenant} whenMade={setMade} />
      ) : (
        <>
          <SecretOnce title={texts.code} secret={made.code}>
            {texts.codeAbout}
          </SecretOnce>
          <TextLink
            to="/t/$tenant/campaigns/$campaignId"
            params={{ tenant, campaignId: made.id }}
            search={{}}
          >
            {texts.openIt}
          </TextLink>
        </>
      )}
    </Stack>
  );
}

interface Head {
  name: string;
  connectionId: string;
  mode: CampaignDto['mode'];
  packs: string[];
}

function NewCampaign({
  tenant,
  whenMade,
}: {
  tenant: string;
  whenMade: (made: CampaignOnceDto) => void;
}): ReactNode {
  const texts = useOwnTexts(own);
  const client = useQueryClient();
  const [head, setHead] = useState<Head>({ name: '', connectionId: '', mode: 'progressive', packs: [] });
  const fields = fieldsOf(GROUPS, head.mode);
  const first = draftOf(FIRST, fields);
  const [draft, setDraft] = useState<Draft>({});
  const make = useMutation({
    mutationFn: ({ connectionId }: { connectionId: string }) => {
      const changes = changesOf({ ...first, ...draft }, first, fields);
      const rules = { ...(changes['rules'] as object | undefined), packs: head.packs };
      const { name, mode } = head;
      const body = { name, mode, connectionId, settings: { ...changes, rules } };
      return ask('campaigns.create', { body, tenant });
    },
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ['campaigns', tenant] });
      whenMade(made);
    },
  });
  const connections = useConnections(tenant);
  const connectionId = head.connectionId || (connections[0]?.id ?? '');
  const errors = make.error instanceof Problem ? make.error.errors : [];
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    make.mutate({ connectionId });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <HeadFields
          head={{ ...head, connectionId }}
          setHead={setHead}
          connections={connections}
          errors={errors}
        />
        <PackChoice
          tenant={tenant}
          chosen={head.packs}
          choose={(packs) => {
            setHead({ ...head, packs });
          }}
          disabled={false}
          fault={
            faultOf('rules.packs', errors) ?? errors.find(({ field }) => field === 'settings.rules')?.message
          }
        />
        {GROUPS.map((group) => (
          <SettingsFields
            key={group}
            group={group}
            mode={head.mode}
            draft={{ ...first, ...draft }}
            change={(path, text) => {
              setDraft((before) => ({ ...before, [path]: text }));
            }}
            errors={errors}
            disabled={false}
          />
        ))}
        {make.error !== null && <ProblemNotice error={make.error} />}
        <Group>
          <Button type="submit" loading={make.isPending}>
            {texts.makeIt}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function useConnections(tenant: string): readonly { id: string; name: string }[] {
  const { data } = useQuery({
    queryKey: ['campaigns', tenant, 'connections'],
    queryFn: ({ signal }) => ask('connections.list', { query: { limit: 200 }, tenant, signal }),
  });
  return data?.data ?? [];
}

interface HeadFieldsProps {
  head: Head;
  setHead: (head: Head) => void;
  connections: readonly { id: string; name: string }[];
  errors: readonly { field: string; message: string }[];
}

function HeadFields({ head, setHead, connections, errors }: HeadFieldsProps): ReactNode {
  const texts = useOwnTexts(own);
  const { name, connectionId, mode } = texts.setting;
  const errorOf = (field: string): string | undefined => errors.find((one) => one.field === field)?.message;
  return (
    <fieldset className="campaign-fields">
      <legend>{texts.title}</legend>
      <div className="campaign-grid">
        <TextInput
          label={name[0]}
          description={name[1]}
          required
          value={head.name}
          error={errorOf('name')}
          dir="auto"
          onChange={({ currentTarget: { value } }) => {
            setHead({ ...head, name: value });
          }}
        />
        <NativeSelect
          label={connectionId[0]}
          description={connectionId[1]}
          required
          data={connections.map(({ id, name: label }) => ({ value: id, label }))}
          value={head.connectionId}
          error={errorOf('connectionId')}
          onChange={({ currentTarget: { value } }) => {
            setHead({ ...head, connectionId: value });
          }}
        />
        <NativeSelect
          label={mode[0]}
          description={texts.modesAbout[head.mode]}
          data={MODES.map((one) => ({ value: one, label: texts.modes[one] }))}
          value={head.mode}
          onChange={({ currentTarget: { value } }) => {
            setHead({ ...head, mode: MODES.find((one) => one === value) ?? 'progressive' });
          }}
        />
      </div>
    </fieldset>
  );
}
