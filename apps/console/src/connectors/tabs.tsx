import { Link, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { TABS, type Tab } from './filters';
import { own } from './texts';

interface TabsProps {
  chosen: Tab;
  path: { tenant: string; endpointId: string };
}

/** The parts of a connection, as links. Where there is no room for all of them, the chosen one is in sight. */
export function Tabs({ chosen, path }: TabsProps): ReactNode {
  const { page } = useOwnTexts(own);
  const now = useSearch({ from: '/shell/t/$tenant/connectors/$endpointId' });
  const current = useRef<HTMLAnchorElement>(null);
  useEffect(() => {
    current.current?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [chosen]);
  return (
    <nav className="con-tabs" aria-label={page.tabsLabel}>
      {TABS.map((tab) => (
        <Link
          key={tab}
          {...(tab === chosen ? { ref: current } : {})}
          to="/t/$tenant/connectors/$endpointId"
          params={path}
          // Of the chosen one it is what the address says already, with all that is filtered.
          search={tab === chosen ? now : tab === 'overview' ? {} : { tab }}
          activeOptions={{ exact: true, includeSearch: true }}
        >
          {page.tabs[tab]}
        </Link>
      ))}
    </nav>
  );
}
