import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { LeadDto, LeadPatchDto } from '../api/operations';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { Facts } from '../page/facts';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import { LeadAttempts } from './lead-attempts';
import type { PartProps } from './part-props';
import { own } from './texts';
import { LeadWhy } from './why-strip';

type LeadProps = PartProps & { leadId: string };

/** One lead: what is known of it, whether it may be called, what was tried, and what can be done with it. */
export function LeadPanel({ campaign, tenant, leadId }: LeadProps): ReactNode {
  const path = { id: campaign.id, leadId };
  const key = ['campaigns', tenant, campaign.id, 'lead', leadId];
  const lead = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask('leads.get', { path, tenant, signal }),
  });
  return (
    <section className="campaign-lead">
      <Loaded query={lead}>
        {(data) => <Lead lead={data} campaign={campaign} tenant={tenant} key={data.updatedAt} />}
      </Loaded>
    </section>
  );
}

function Lead({ lead, campaign, tenant }: PartProps & { lead: LeadDto }): ReactNode {
  const texts = useOwnTexts(own);
  const navigate = useNavigate({ from: '/t/$tenant/campaigns/$campaignId' });
  const path = { id: campaign.id, leadId: lead.id };
  const why = useQuery({
    queryKey: ['campaigns', tenant, campaign.id, 'lead', lead.id, 'why'],
    queryFn: ({ signal }) => ask('leadInsight.why', { path, tenant, signal }),
  });
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <h2>
          <bdi>{lead.name ?? lead.number}</bdi>
        </h2>
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => void navigate({ search: ({ lead: _, ...rest }) => rest, replace: true })}
        >
          {texts.closeLead}
        </Button>
      </Group>
      <Facts
        of={{
          [texts.number]: <bdi className="number">{lead.number}</bdi>,
          [texts.state]: texts.leadStates[lead.state],
          [texts.tries]: lead.attempts,
          [texts.lastResult]:
            lead.lastResult === null ? '–' : (texts.tryResults[lead.lastResult] ?? lead.lastResult),
          [texts.disposition]: <bdi>{lead.disposition ?? '–'}</bdi>,
          [texts.note]: lead.note === null ? undefined : <bdi>{lead.note}</bdi>,
          [texts.next]: <TimeText at={lead.state === 'waiting' ? lead.nextAt : null} />,
        }}
      />
      <div>
        <Text size="sm">{texts.whyLead}</Text>
        <Loaded query={why}>{(data) => <LeadWhy why={data} />}</Loaded>
      </div>
      <Acts lead={lead} campaign={campaign} tenant={tenant} />
      <Edit lead={lead} campaign={campaign} tenant={tenant} />
      <LeadAttempts lead={lead} campaign={campaign} tenant={tenant} />
    </Stack>
  );
}

function Acts({ lead, campaign, tenant }: PartProps & { lead: LeadDto }): ReactNode {
  const texts = useOwnTexts(own);
  const [disposition, setDisposition] = useState('');
  const [note, setNote] = useState('');
  const path = { id: campaign.id, leadId: lead.id };
  const stale = [['campaigns', tenant, campaign.id]];
  const isOpen = ['waiting', 'offered', 'dialling'].includes(lead.state);
  const { dispositions = {} } = campaign.settings as { dispositions?: Readonly<Record<string, unknown>> };
  return (
    <Group gap="xs" align="flex-end">
      {!isOpen && lead.state !== 'removed' && (
        <ActionButton
          label={texts.requeue}
          confirm={texts.requeueAsks}
          act={() => ask('leads.requeue', { path, tenant })}
          stale={stale}
        />
      )}
      {isOpen && (
        <ActionButton
          label={texts.markDone}
          variant="default"
          confirm={
            <Stack gap="xs">
              <TextInput
                label={texts.disposition}
                placeholder={texts.noWord}
                list="campaign-words"
                dir="auto"
                value={disposition}
                onChange={({ currentTarget: { value } }) => {
                  setDisposition(value);
                }}
              />
              <datalist id="campaign-words">
                {Object.keys(dispositions).map((word) => (
                  <option key={word} value={word} />
                ))}
              </datalist>
              <Textarea
                label={texts.note}
                dir="auto"
                value={note}
                onChange={({ currentTarget: { value } }) => {
                  setNote(value);
                }}
              />
            </Stack>
          }
          act={() => ask('leads.done', { path, body: saidOf(disposition, note), tenant })}
          stale={stale}
        />
      )}
      {lead.state !== 'removed' && (
        <ActionButton
          label={texts.remove}
          variant="default"
          confirm={texts.removeAsks}
          act={() => ask('leads.remove', { path, tenant })}
          stale={stale}
        />
      )}
    </Group>
  );
}

function saidOf(disposition: string, note: string): { disposition?: string; note?: string } {
  return {
    ...(disposition.trim() !== '' && { disposition: disposition.trim() }),
    ...(note.trim() !== '' && { note: note.trim() }),
  };
}

const EDITED = ['name', 'zone', 'region', 'postal', 'notBefore', 'priority', 'maxTries'] as const;
type Edited = (typeof EDITED)[number];

function Edit({ lead, campaign, tenant }: PartProps & { lead: LeadDto }): ReactNode {
  const texts = useOwnTexts(own);
  const before = Object.fromEntries(EDITED.map((name) => [name, String(lead[name] ?? '')])) as Record<
    Edited,
    string
  >;
  const [draft, setDraft] = useState(before);
  const changed = EDITED.filter((name) => draft[name] !== before[name]);
  return (
    <details>
      <summary>{texts.edit}</summary>
      <Stack gap="sm" pt="xs">
        <div className="campaign-grid">
          {EDITED.map((name) => (
            <TextInput
              key={name}
              size="xs"
              label={texts.fields[name]}
              dir="auto"
              value={draft[name]}
              onChange={({ currentTarget: { value } }) => {
                setDraft((now) => ({ ...now, [name]: value }));
              }}
            />
          ))}
        </div>
        <Group>
          <ActionButton
            label={texts.save}
            disabled={changed.length === 0}
            done={texts.saved}
            act={() =>
              ask('leads.patch', {
                path: { id: campaign.id, leadId: lead.id },
                body: patchOf(draft, changed),
                tenant,
              })
            }
            stale={[['campaigns', tenant, campaign.id]]}
          />
        </Group>
      </Stack>
    </details>
  );
}

const NUMBERS: readonly Edited[] = ['priority', 'maxTries'];

function patchOf(draft: Readonly<Record<Edited, string>>, changed: readonly Edited[]): LeadPatchDto {
  const members = changed.map((name): [Edited, string | number | null] => {
    const text = draft[name].trim();
    if (NUMBERS.includes(name)) return [name, text === '' ? (name === 'priority' ? 0 : null) : Number(text)];
    return [name, text === '' ? null : text];
  });
  return Object.fromEntries(members);
}
