import { Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import { useZone, ZONE_CHOICES, type ZoneChoice } from '../list/zone';
import { useLanguage, useOwnTexts, useTexts } from '../texts/language';
import { own } from './account-texts';
import { AccountButton } from './account-button';

/** What somebody may choose for themselves: colours, language, and to leave. */
export function AccountMenu({ name }: { name: string }): ReactNode {
  const texts = useTexts();
  const client = useQueryClient();
  const navigate = useNavigate();
  const signOut = useMutation({
    mutationFn: () => ask('session.signOut'),
    onSuccess: async () => {
      client.clear();
      await navigate({ to: '/sign-in', search: {} });
    },
  });
  return (
    <Menu position="bottom-end" defaultOpened>
      <Menu.Target>
        <AccountButton name={name} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/account">
          {texts.shell.ownAccount}
        </Menu.Item>
        <Menu.Divider />
        <LooksItems />
        <Menu.Divider />
        <ZoneItems />
        <Menu.Divider />
        <Menu.Item
          onClick={() => {
            signOut.mutate();
          }}
        >
          {texts.actions.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function LooksItems(): ReactNode {
  const { shell } = useTexts();
  const { language, speak } = useLanguage();
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light');
  return (
    <>
      <Menu.Item
        onClick={() => {
          setColorScheme(scheme === 'light' ? 'dark' : 'light');
        }}
      >
        {scheme === 'light' ? shell.dark : shell.light}
      </Menu.Item>
      <Menu.Item
        lang={language === 'en' ? 'he' : 'en'}
        onClick={() => {
          speak(language === 'en' ? 'he' : 'en');
        }}
      >
        {shell.otherLanguage}
      </Menu.Item>
    </>
  );
}

function ZoneItems(): ReactNode {
  const texts = useOwnTexts(own);
  const { choice, choose, zone } = useZone();
  const words: Readonly<Record<ZoneChoice, string>> = texts.zones;
  return (
    <>
      <Menu.Label>{texts.times(zone)}</Menu.Label>
      {ZONE_CHOICES.map((one) => (
        <Menu.Item
          key={one}
          aria-current={one === choice}
          leftSection={<span aria-hidden>{one === choice ? '●' : '○'}</span>}
          onClick={() => {
            choose(one);
          }}
        >
          {words[one]}
        </Menu.Item>
      ))}
    </>
  );
}
