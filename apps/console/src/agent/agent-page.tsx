import { Button, Group, Loader, NativeSelect, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Navigate, useNavigate, useSearch } from '@tanstack/react-router';
import { Suspense, lazy, useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { AccountMenu } from '../app/account-menu';
import { AccountButton } from '../app/account-button';
import { usePortal } from '../app/portal';
import { ProblemNotice } from '../app/problem-notice';
import { TextLink } from '../app/text-link';
import { onlySet } from '../list/read-filters';
import { PageHead } from '../page/page-head';
import { useOwnTexts, useTexts } from '../texts/language';
import { AGENT_VIEWS } from './agent-views';
import './agent.css';
import { CallCard } from './call-card';
import { isOver } from './cards';
import { Options } from './options';
import { MissedCalls, RecentCalls } from './own-calls';
import { OwnState } from './own-state';
import { Phone } from './phone';
import { PreviewLeads } from './preview-leads';
import { own } from './texts';
import { useCards, type Screen } from './use-cards';
import { DiallingProvider, useOwnDialling, useOwnPhones } from './use-dial';
import { useQuiet } from './use-quiet';
import { useRinging } from './use-ringing';
import { useSelf, type Self } from './use-self';
import { useWebPhone, type AgentPhone } from './use-web-phone';

/** Only for who has a phone in the page. */
const WebPhonePanel = lazy(async () => ({ default: (await import('./web-phone-panel')).WebPhonePanel }));

/** The page of one agent: a window of its own, or in the frame of a CRM. */
export function AgentPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { list } = useTexts();
  const known = useSelf();
  switch (known.kind) {
    case 'loading':
      return <Loader aria-label={list.loading} />;
    case 'signedOut':
      return <Navigate to="/sign-in" search={{ to: '/agent' }} replace />;
    case 'broken':
      return <ProblemNotice error={known.error} retry={known.retry} />;
    case 'nobody':
      return (
        <Stack component="main" align="center" p="md">
          <PageHead title={texts.title} />
          <Text>{texts.noAgent}</Text>
          <TextLink to="/">{texts.home}</TextLink>
        </Stack>
      );
    case 'self':
      return <Desk key={known.self.tenant} self={known.self} tenants={known.tenants} />;
  }
}

interface DeskProps {
  self: Self;
  tenants: readonly { value: string; label: string }[];
}

function Desk({ self, tenants }: DeskProps): ReactNode {
  const { dial = '' } = useSearch({ from: '/agent' });
  const [extension, usePhone] = useState<string | null>(null);
  const phones = useOwnPhones(self.tenant, extension);
  const inPage = useWebPhone(self, phones.phone);
  const dialling = useOwnDialling(self.tenant, { ...phones, usePhone }, callerOf(inPage));
  const screen = useCards(self);
  const [quiet, setQuiet] = useQuiet();
  useRinging(screen.cards, inPage?.phone.calls ?? [], quiet);
  // In a portal the frame around it is the main part already.
  const inPortal = usePortal() !== null;
  return (
    <DiallingProvider value={dialling}>
      <Stack component={inPortal ? 'div' : 'main'} className="agent" gap="sm">
        <Head self={self} tenants={tenants} screen={screen} />
        <div className="agent-columns">
          <OnScreen self={self} screen={screen} phone={inPage} />
          <Stack gap="sm">
            <Phone begin={dial}>
              {inPage !== null && (
                <Suspense>
                  <WebPhonePanel phone={inPage} />
                </Suspense>
              )}
            </Phone>
            <Views tenant={self.tenant} noted={screen.noted} />
            <Options quiet={quiet} setQuiet={setQuiet} />
          </Stack>
        </div>
      </Stack>
    </DiallingProvider>
  );
}

/** Null where nothing can be called by it now. */
function callerOf(phone: AgentPhone | null): ((number: string) => void) | null {
  if (phone?.phone.standing !== 'registered') return null;
  return (number) => {
    phone.order({ what: 'call', number });
  };
}

function Head({ self, tenants, screen: { connected, said } }: DeskProps & { screen: Screen }): ReactNode {
  const texts = useOwnTexts(own);
  const navigate = useNavigate({ from: '/agent' });
  return (
    <PageHead title={texts.title}>
      <Text size="xs" role="status" className={connected ? 'tone-good' : 'tone-waiting'}>
        {connected ? `● ${texts.live}` : `○ ${texts.notLive}`}
      </Text>
      <OwnState tenant={self.tenant} said={said} />
      {tenants.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={texts.tenant}
          data={[...tenants]}
          value={self.tenant}
          onChange={({ currentTarget }) => void navigate({ search: { t: currentTarget.value } })}
        />
      )}
      {self.name !== null && <Account name={self.name} />}
    </PageHead>
  );
}

function Account({ name }: { name: string }): ReactNode {
  const [wanted, want] = useState(false);
  if (wanted) return <AccountMenu name={name} />;
  return (
    <AccountButton
      name={name}
      aria-expanded={false}
      onClick={() => {
        want(true);
      }}
    />
  );
}

interface OnScreenProps {
  self: Self;
  screen: Screen;
  phone: AgentPhone | null;
}

function OnScreen({ self, screen, phone }: OnScreenProps): ReactNode {
  const texts = useOwnTexts(own);
  const shown = screen.cards.filter(({ isAway }) => !isAway);
  const over = shown.filter(isOver);
  return (
    <Stack component="section" gap="sm" aria-label={texts.onScreen}>
      {shown.length === 0 && <Text className="agent-none">{texts.noCalls}</Text>}
      {shown.map((card) => (
        <CallCard key={card.call} card={card} self={self} screen={screen} phone={phone} />
      ))}
      {over.length > 1 && (
        <Group>
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              for (const { call } of over) screen.putAway(call);
            }}
          >
            {texts.putAwayAll}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function Views({ tenant, noted }: { tenant: string; noted: () => void }): ReactNode {
  const texts = useOwnTexts(own);
  const { view = 'calls' } = useSearch({ from: '/agent' });
  const navigate = useNavigate({ from: '/agent' });
  const missed = useQuery({
    queryKey: ['agent', tenant, 'unseen'],
    queryFn: async ({ signal }) =>
      (await ask('ownCalls.list', { query: { limit: 1 }, tenant, signal })).unseen,
  });
  const panels = {
    calls: <RecentCalls tenant={tenant} noted={noted} />,
    missed: <MissedCalls tenant={tenant} />,
    leads: <PreviewLeads tenant={tenant} />,
  };
  return (
    <Tabs
      value={view}
      keepMounted={false}
      onChange={(next) =>
        void navigate({
          search: (before) => onlySet({ ...before, view: AGENT_VIEWS.find((one) => one === next) }),
          replace: true,
        })
      }
    >
      <Tabs.List>
        {AGENT_VIEWS.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {one === 'missed' && (missed.data ?? 0) > 0
              ? texts.missedCount(missed.data ?? 0)
              : texts.views[one]}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {AGENT_VIEWS.map((one) => (
        <Tabs.Panel key={one} value={one} pt="sm">
          {panels[one]}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
