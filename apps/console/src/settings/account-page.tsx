import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { PageHead } from '../page/page-head';
import { useOwnTexts } from '../texts/language';
import { AccountPart } from './account-part';
import './settings.css';
import { own } from './texts';

/** `/account`: the same for who is a member of no tenant, or an agent. */
export function AccountPage(): ReactNode {
  const { tabs } = useOwnTexts(own);
  return (
    <Stack gap="md">
      <PageHead title={tabs.account} />
      <AccountPart />
    </Stack>
  );
}
