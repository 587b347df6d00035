import { Stack, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { CallDto, TimelineItemDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { JsonText } from '../json/json-text';
import { onlySet } from '../list/read-filters';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import { CallControls } from './call-controls';
import { CallCrmLogs } from './call-crm-logs';
import { CallHead } from './call-head';
import { CallLegs } from './call-legs';
import { CallNotes } from './call-notes';
import { CallReceipts } from './call-receipts';
import { CALL_TABS, type CallTab } from './call-tabs';
import { CallTellings } from './call-tellings';
import { CallTimeline } from './call-timeline';
import { CallsLike } from './calls-like';
import './calls.css';
import { own } from './texts';

const FROM = '/shell/t/$tenant/calls/$callId';

/** A call: what it was, what happened, who was told, and what can be done while it goes on. */
export function CallPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { tenant, callId } = useParams({ from: FROM });
  const path = { id: callId };
  const call = useQuery({
    queryKey: ['calls', tenant, callId],
    queryFn: ({ signal }) => ask('calls.get', { path, tenant, signal }),
  });
  const timeline = useQuery({
    queryKey: ['calls', tenant, callId, 'timeline'],
    queryFn: ({ signal }) => ask('calls.timeline', { path, tenant, signal }),
  });
  return (
    <Stack gap="md">
      <TextLink to="/t/$tenant/calls" params={{ tenant }} size="sm">
        {texts.title}
      </TextLink>
      <Loaded query={call}>
        {(data) => (
          <>
            <CallHead call={data} tenant={tenant} />
            {data.state !== 'ended' && <CallControls call={data} tenant={tenant} />}
            <Loaded query={timeline}>
              {({ data: items }) => (
                <Parts call={data} items={items} tenant={tenant} asOf={timeline.dataUpdatedAt} />
              )}
            </Loaded>
            <CallNotes call={data} tenant={tenant} />
            <CallsLike call={data} tenant={tenant} />
          </>
        )}
      </Loaded>
    </Stack>
  );
}

interface PartsProps {
  call: CallDto;
  items: readonly TimelineItemDto[];
  tenant: string;
  /** Milliseconds since 1970. */
  asOf: number;
}

function Parts({ call, items, tenant, asOf }: PartsProps): ReactNode {
  const texts = useOwnTexts(own);
  const { item, tab = 'timeline' } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/t/$tenant/calls/$callId' });
  const titles: Readonly<Record<CallTab, string>> = {
    timeline: texts.timeline,
    told: texts.told,
    legs: texts.legs,
    crm: texts.crm,
    raw: texts.raw,
  };
  return (
    <Tabs
      value={tab}
      keepMounted={false}
      onChange={(next) => {
        const chosen = CALL_TABS.find((one) => one === next);
        void navigate({ search: onlySet({ item, tab: chosen }), replace: true });
      }}
    >
      <Tabs.List>
        {CALL_TABS.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {titles[one]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="timeline" pt="md">
        <CallTimeline {...{ call, items, tenant, asOf }} chosen={item} />
      </Tabs.Panel>
      <Tabs.Panel value="told" pt="md">
        <CallTellings callId={call.id} tenant={tenant} />
      </Tabs.Panel>
      <Tabs.Panel value="legs" pt="md">
        <CallLegs call={call} />
      </Tabs.Panel>
      <Tabs.Panel value="crm" pt="md">
        <CallCrmLogs callId={call.id} tenant={tenant} />
      </Tabs.Panel>
      <Tabs.Panel value="raw" pt="md">
        <Stack>
          <CallReceipts items={items} tenant={tenant} />
          <JsonText value={call} label={texts.record} />
        </Stack>
      </Tabs.Panel>
    </Tabs>
  );
}
