import { Stack, Tabs, Text } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, type ComponentType, type ReactNode } from 'react';
import { mayManage } from '../app/may';
import { useRole } from '../app/use-role';
import { PageHead } from '../page/page-head';
import { useOwnTexts } from '../texts/language';
import { SETTINGS_TABS, type SettingsTab } from './settings-tabs';
import './settings.css';
import { own } from './texts';

const FROM = '/shell/t/$tenant/settings';

type Part = ComponentType<{ tenant: string }>;

/** Each part comes when it is looked at. */
const PARTS: Readonly<Record<SettingsTab, Part>> = {
  tenant: lazy(async () => ({ default: (await import('./tenant-part')).TenantPart })),
  users: lazy(async () => ({ default: (await import('./people-part')).PeoplePart })),
  keys: lazy(async () => ({ default: (await import('./keys-part')).KeysPart })),
  credentials: lazy(async () => ({ default: (await import('./credentials-part')).CredentialsPart })),
  signOn: lazy(async () => ({ default: (await import('./sign-on-part')).SignOnPart })),
  portals: lazy(async () => ({ default: (await import('./portals-part')).PortalsPart })),
  privacy: lazy(async () => ({ default: (await import('./privacy-part')).PrivacyPart })),
  account: lazy(async () => ({ default: (await import('./account-part')).AccountPart })),
};

/** What a tenant's administrators set up, and what is everybody's own. */
export function SettingsPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { tenant } = useParams({ from: FROM });
  const role = useRole(tenant);
  const isAdmin = mayManage(role);
  const { tab = isAdmin ? 'tenant' : 'account' } = useSearch({ from: FROM });
  const navigate = useNavigate({ from: '/t/$tenant/settings' });
  const Part = PARTS[tab];
  const isOpen = isAdmin || tab === 'account';
  return (
    <Stack gap="md">
      <PageHead title={texts.title} />
      <Tabs
        value={tab}
        onChange={(next) =>
          void navigate({ search: { tab: SETTINGS_TABS.find((one) => one === next) ?? 'account' } })
        }
      >
        <Tabs.List aria-label={texts.parts}>
          {SETTINGS_TABS.filter((one) => isAdmin || one === 'account').map((one) => (
            <Tabs.Tab key={one} value={one}>
              {texts.tabs[one]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="md">
          {isOpen ? (
            <Suspense fallback={<div aria-busy />}>
              <Part key={tenant} tenant={tenant} />
            </Suspense>
          ) : (
            role !== null && <Text>{texts.adminsOnly}</Text>
          )}
        </Tabs.Panel>
      </Tabs>
    </Stack>
  );
}
