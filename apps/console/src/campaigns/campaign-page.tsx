import { Group, Stack, Tabs, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useRef, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { TextLink } from '../app/text-link';
import { Loaded } from '../page/loaded';
import { PageHead } from '../page/page-head';
import { useOwnTexts } from '../texts/language';
import { BoardTab } from './board-tab';
import { TABS, type Tab } from './campaign-search';
import { ImportTab } from './import-tab';
import { LeadsTab } from './leads-tab';
import type { PartProps } from './part-props';
import { NumbersTab } from './numbers-tab';
import { PeopleTab } from './people-tab';
import { RulesTab, SettingsTab } from './settings-tab';
import { StateText } from './state-text';
import { own } from './texts';
import { TurnButtons } from './turn-buttons';
import { useCampaignsNow } from './use-campaigns-now';
import { WhyStrip } from './why-strip';
import { WordsTab } from './words-tab';
import './campaigns.css';

const FROM = '/shell/t/$tenant/campaigns/$campaignId';
/** A campaign at full speed changes every second; what is counted in the database need not be asked for as often. */
const ASK_AGAIN_MS = 3_000;

/** A campaign: what it does, why it does not do more, its leads and its rules. */
export function CampaignPage(): ReactNode {
  const { tenant, campaignId } = useParams({ from: FROM });
  const campaign = useQuery({
    queryKey: ['campaigns', tenant, campaignId],
    queryFn: ({ signal }) => ask('campaigns.get', { path: { id: campaignId }, tenant, signal }),
  });
  return <Loaded query={campaign}>{(data) => <Campaign campaign={data} tenant={tenant} />}</Loaded>;
}

function Campaign({ campaign, tenant }: PartProps): ReactNode {
  const texts = useOwnTexts(own);
  const { tab = 'board' } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/t/$tenant/campaigns/$campaignId' });
  const again = useAskAgain(tenant, campaign.id);
  const now = useCampaignsNow(tenant, `campaign:${campaign.id}`, again).get(campaign.id);
  const Part = PARTS[tab];
  return (
    <Stack gap="md">
      <TextLink to="/t/$tenant/campaigns" params={{ tenant }} search={{}} size="sm">
        {texts.title}
      </TextLink>
      <PageHead title={campaign.name}>
        <TurnButtons campaign={campaign} tenant={tenant} now={now} />
      </PageHead>
      <Group gap="md">
        <StateText state={now?.state ?? campaign.state} />
        <Text size="sm">
          {texts.modes[campaign.mode]}: {texts.modesAbout[campaign.mode]}
        </Text>
      </Group>
      <WhyStrip campaign={campaign} tenant={tenant} />
      <Tabs
        value={tab}
        onChange={(next) => void navigate({ search: { tab: (next ?? 'board') as Tab } })}
        keepMounted={false}
      >
        <Tabs.List className="campaign-tabs">
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {texts.tabs[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="md">
          {tab === 'board' ? (
            <BoardTab campaign={campaign} tenant={tenant} now={now} />
          ) : (
            <Part campaign={campaign} tenant={tenant} key={campaign.id} />
          )}
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

const PARTS: Readonly<Record<Tab, (props: PartProps) => ReactNode>> = {
  board: () => null,
  leads: LeadsTab,
  import: ImportTab,
  people: PeopleTab,
  rules: RulesTab,
  numbers: NumbersTab,
  settings: SettingsTab,
  words: WordsTab,
};

/** @returns what asks anew for the figures of a campaign, at most every few seconds */
function useAskAgain(tenant: string, campaignId: string): () => void {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  return () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: ['campaigns', tenant, campaignId] });
    }, ASK_AGAIN_MS);
  };
}
