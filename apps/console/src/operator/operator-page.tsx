import { Stack, Tabs } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageHead } from '../page/page-head';
import { useOwnTexts } from '../texts/language';
import { AuditTab } from './audit-tab';
import { InstallationTab } from './installation-tab';
import { KeysTab } from './keys-tab';
import './operator.css';
import { PeopleTab } from './people-tab';
import { TABS, type Tab } from './routes';
import { TenantsTab } from './tenants-tab';
import { own } from './texts';

/** What those see who run the installation. Which part of it is in the address. */
export function OperatorPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { tab = 'tenants' } = useSearch({ from: '/shell/operator' });
  const navigate = useNavigate({ from: '/operator' });
  const Shown = PARTS[tab];
  return (
    <Stack gap="sm">
      <PageHead title={texts.titles[tab]} about={texts.abouts[tab]} />
      <Tabs
        value={tab}
        onChange={(value) => {
          const next = TABS.find((one) => one === value);
          void navigate({ search: next === undefined || next === 'tenants' ? {} : { tab: next } });
        }}
      >
        <Tabs.List mb="sm">
          {TABS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {texts.tabs[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <Shown />
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}

const PARTS: Readonly<Record<Tab, () => ReactNode>> = {
  tenants: TenantsTab,
  installation: InstallationTab,
  people: PeopleTab,
  keys: KeysTab,
  audit: AuditTab,
};
