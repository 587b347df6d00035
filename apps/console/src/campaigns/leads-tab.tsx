import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { LeadDto } from '../api/operations';
import { EndlessList } from '../list/endless-list';
import { rowHeightOf } from '../list/row-height-of';
import { Listed } from '../list/listed';
import { usePages } from '../list/pages-of';
import { onlySet } from '../list/read-filters';
import { TimeText } from '../list/time-text';
import { download } from '../page/download';
import { ActionButton } from '../page/action-button';
import { useOwnTexts, useTexts } from '../texts/language';
import { AddLead } from './add-lead';
import { GATES, LEAD_STATES, leadFiltersOf, type LeadFilters } from './campaign-search';
import { LeadPanel } from './lead-panel';
import type { PartProps } from './part-props';
import { own } from './texts';
import { useWaitingLeads } from './use-waiting-leads';
import { useWritten } from './use-written';

const FROM = '/shell/t/$tenant/campaigns/$campaignId';
const PAGE = 100;

/** Whom the campaign calls. Filters, and the lead that is open, are in the address. */
export function LeadsTab({ campaign, tenant }: PartProps): ReactNode {
  const texts = useOwnTexts(own);
  const search = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/t/$tenant/campaigns/$campaignId' });
  const filters = leadFiltersOf(search);
  const show = (next: LeadFilters): void =>
    void navigate({ search: onlySet({ tab: 'leads' as const, ...next }), replace: true });
  const path = { id: campaign.id };
  const { rows, query } = usePages(['campaigns', tenant, campaign.id, 'leads', filters], (cursor, signal) =>
    ask('leads.list', { path, query: { ...filters, limit: PAGE, cursor }, tenant, signal }),
  );
  const isFiltered = Object.keys(filters).length > 0;
  const keep = { ...search, tab: 'leads' as const };
  return (
    <Stack gap="sm">
      <Filters filters={filters} show={show} campaign={campaign} tenant={tenant} />
      {search.lead !== undefined && (
        <LeadPanel campaign={campaign} tenant={tenant} leadId={search.lead} key={search.lead} />
      )}
      <Listed
        error={query.error}
        retry={query.refetch}
        count={rows?.length}
        none={texts.noLeads}
        clear={
          isFiltered
            ? () => {
                show({});
              }
            : undefined
        }
      >
        <EndlessList
          label={texts.tabs.leads}
          className="cells-leads"
          columns={[
            { text: texts.number },
            { text: texts.who, wide: true },
            { text: texts.state },
            { text: texts.next, wide: true },
            { text: texts.tries, wide: true },
            { text: texts.lastResult, wide: true },
            { text: texts.disposition, wide: true },
          ]}
          rows={rows ?? []}
          keyOf={({ id }) => id}
          cells={(lead) => (
            <Cells lead={lead}>
              <Link
                to="/t/$tenant/campaigns/$campaignId"
                params={{ tenant, campaignId: campaign.id }}
                search={{ ...keep, lead: lead.id }}
              >
                <bdi className="number">{lead.number}</bdi>
              </Link>
            </Cells>
          )}
          rowHeight={rowHeightOf()}
          hasMore={query.hasNextPage}
          isLoadingMore={query.isFetchingNextPage}
          loadMore={query.fetchNextPage}
        />
      </Listed>
    </Stack>
  );
}

const TONES: Readonly<Partial<Record<LeadDto['state'], string>>> = {
  done: 'tone-good',
  dialling: 'tone-ringing',
  given_up: 'tone-bad',
  invalid: 'tone-bad',
};

function Cells({ lead, children }: { lead: LeadDto; children: ReactNode }): ReactNode {
  const texts = useOwnTexts(own);
  const { state, gate, lastResult } = lead;
  const result = lastResult === null ? '–' : (texts.tryResults[lastResult] ?? lastResult);
  return (
    <>
      <span role="cell">{children}</span>
      <span role="cell" className="wide">
        <bdi>{lead.name ?? '–'}</bdi>
      </span>
      <span role="cell" className={TONES[state] ?? ''}>
        {texts.leadStates[state]}
      </span>
      <span role="cell" className="wide">
        <TimeText at={state === 'waiting' ? lead.nextAt : null} />
        {gate !== null && state === 'waiting' && (
          <span title={lead.reason ?? undefined}> · {texts.gates[gate as keyof typeof texts.gates]}</span>
        )}
      </span>
      <span role="cell" className="wide number">
        {lead.attempts}
      </span>
      <span role="cell" className="wide">
        {result}
      </span>
      <span role="cell" className="wide">
        <bdi>{lead.disposition ?? '–'}</bdi>
      </span>
    </>
  );
}

interface FiltersProps extends PartProps {
  filters: LeadFilters;
  show: (next: LeadFilters) => void;
}

function Filters({ filters, show, campaign, tenant }: FiltersProps): ReactNode {
  const texts = useOwnTexts(own);
  const { actions } = useTexts();
  const [number, setNumber] = useState(filters.number ?? '');
  const [word, setWord] = useState(filters.disposition ?? '');
  const search = useDebouncedCallback(show, 300);
  const any = { value: '', label: texts.any };
  return (
    <Group gap="sm" align="flex-end">
      <TextInput
        size="xs"
        label={texts.number}
        dir="auto"
        value={number}
        onChange={({ currentTarget: { value } }) => {
          setNumber(value);
          search({ ...filters, number: value.trim() });
        }}
      />
      <NativeSelect
        size="xs"
        label={texts.state}
        data={[any, ...LEAD_STATES.map((state) => ({ value: state, label: texts.leadStates[state] }))]}
        value={filters.state ?? ''}
        onChange={({ currentTarget: { value } }) => {
          show({ ...filters, state: LEAD_STATES.find((one) => one === value) });
        }}
      />
      <NativeSelect
        size="xs"
        label={texts.gate}
        data={[any, ...GATES.map((gate) => ({ value: gate, label: texts.gates[gate] }))]}
        value={filters.gate ?? ''}
        onChange={({ currentTarget: { value } }) => {
          show({ ...filters, gate: GATES.find((one) => one === value) });
        }}
      />
      <TextInput
        size="xs"
        label={texts.disposition}
        dir="auto"
        value={word}
        onChange={({ currentTarget: { value } }) => {
          setWord(value);
          search({ ...filters, disposition: value.trim() });
        }}
      />
      {Object.keys(filters).length > 0 && (
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            setNumber('');
            setWord('');
            show({});
          }}
        >
          {actions.clear}
        </Button>
      )}
      <AddLead campaign={campaign} tenant={tenant} />
      <ActionButton
        label={texts.exportLeads}
        variant="default"
        act={async () => {
          download(
            await ask('leadInsight.export', { path: { id: campaign.id }, tenant }),
            'leads.csv',
            'text/csv',
          );
        }}
      />
      <ClearAll campaign={campaign} tenant={tenant} />
    </Group>
  );
}

function ClearAll({ campaign, tenant }: PartProps): ReactNode {
  const texts = useOwnTexts(own);
  const waiting = useWaitingLeads(tenant, campaign.id) ?? 0;
  const { count } = useWritten();
  return (
    <ActionButton
      label={texts.clear}
      color="red"
      variant="outline"
      disabled={waiting === 0}
      confirm={texts.clearAsks(count(waiting))}
      act={() => ask('campaigns.clear', { path: { id: campaign.id }, tenant })}
      stale={[['campaigns', tenant, campaign.id]]}
    />
  );
}
