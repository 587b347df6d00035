import { Stack, Title } from '@mantine/core';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageHead } from '../page/page-head';
import { useOwnTexts } from '../texts/language';
import { Catalogue } from './catalogue';
import { ConnectedList } from './connected-list';
import './connectors.css';
import { SourcesSection } from './sources-section';
import { own } from './texts';

const FROM = '/shell/t/$tenant/connectors';

/** The CRMs that are connected, those that can be, and who is asked who is calling. */
export function ConnectorsPage(): ReactNode {
  const { list } = useOwnTexts(own);
  const { tenant } = useParams({ from: FROM });
  const now = useSearch({ from: FROM });
  const { tab } = now;
  return (
    <Stack gap="md">
      <PageHead title={list.title} about={list.about} />
      <nav className="con-tabs" aria-label={list.title}>
        <Link
          to="/t/$tenant/connectors"
          params={{ tenant }}
          search={tab === undefined ? now : {}}
          activeOptions={{ exact: true, includeSearch: true }}
        >
          {list.connected}
        </Link>
        <Link
          to="/t/$tenant/connectors"
          params={{ tenant }}
          search={{ tab: 'sources' }}
          activeOptions={{ exact: true, includeSearch: true }}
        >
          {list.sources}
        </Link>
      </nav>
      {tab === 'sources' ? (
        <SourcesSection tenant={tenant} />
      ) : (
        <>
          <section className="con-section">
            <Title order={2}>{list.connected}</Title>
            <ConnectedList tenant={tenant} />
          </section>
          <section className="con-section">
            <Title order={2}>{list.all}</Title>
            <Catalogue tenant={tenant} />
          </section>
        </>
      )}
    </Stack>
  );
}
