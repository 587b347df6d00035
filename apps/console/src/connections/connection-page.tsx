import { Stack, Text } from '@mantine/core';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { TextLink } from '../app/text-link';
import { Loaded } from '../page/loaded';
import { PageHead } from '../page/page-head';
import { useOwnTexts, useTexts } from '../texts/language';
import { ConnectionKind, useConnectionTexts } from './connection-texts';
import { TABS, type Tab } from './connection-search';
import { HealthTab } from './health-tab';
import { IvrTab } from './ivr-tab';
import { ownMapping } from './mapping-texts';
import { MappingTab } from './mapping-tab';
import { NumbersTab } from './numbers-tab';
import { PbxTab } from './pbx-tab';
import { PeopleTab } from './people-tab';
import { PhonesTab } from './phones-tab';
import { ReceiptsTab } from './receipts-tab';
import { RecordingsTab } from './recordings-tab';
import { SettingsTab } from './settings-tab';
import { SetupTab } from './setup-tab';
import type { TabProps } from './tab-props';
import { own } from './texts';
import { useConnection, useDialects, useHealth } from './use-connection';
import { BY_MAPPING } from './use-mapping';
import { useMayManage } from './use-may-manage';
import './connections.css';

const FROM = '/shell/t/$tenant/connections/$connectionId';
const OF_TAB: Readonly<Record<Tab, (props: TabProps) => ReactNode>> = {
  health: HealthTab,
  receipts: ReceiptsTab,
  setup: SetupTab,
  mapping: MappingTab,
  settings: SettingsTab,
  people: PeopleTab,
  numbers: NumbersTab,
  pbx: PbxTab,
  phones: PhonesTab,
  recordings: RecordingsTab,
  ivr: IvrTab,
};
/** With secrets in them: the API gives them to nobody else. */
const FOR_ADMINS: ReadonlySet<Tab> = new Set(['setup', 'mapping', 'settings', 'pbx', 'phones', 'recordings']);

/** A connection: how it does, and all that can be set of it. */
export function ConnectionPage(): ReactNode {
  const texts = useOwnTexts(own);
  const { places } = useTexts();
  const { tenant, connectionId } = useParams({ from: FROM });
  const connection = useConnection(tenant, connectionId);
  return (
    <Stack gap="md">
      <TextLink to="/t/$tenant/connections" params={{ tenant }} size="sm">
        {places.connections}
      </TextLink>
      <Loaded query={connection}>
        {(found) =>
          found === null ? (
            <PageHead title={texts.notFound} />
          ) : (
            <Connected tenant={tenant} connection={found} key={found.id} />
          )
        }
      </Loaded>
    </Stack>
  );
}

function Connected({ tenant, connection }: TabProps): ReactNode {
  const { tab = 'health' } = useSearch({ from: FROM });
  const mayManage = useMayManage(tenant);
  const { other } = useOwnTexts(ownMapping);
  const isMapped = connection.dialect === BY_MAPPING;
  const dialects = useDialects().data?.data;
  const { data: health } = useHealth(tenant, connection.id);
  const Shown = OF_TAB[tab];
  return (
    <ConnectionKind value={health?.socket ? 'socket' : 'webhook'}>
      <PageHead
        title={connection.name}
        about={
          isMapped
            ? other
            : (dialects?.find(({ name }) => name === connection.dialect)?.title ?? connection.dialect)
        }
      />
      <Parts tenant={tenant} connection={connection} shown={tab} mayManage={mayManage} />
      {FOR_ADMINS.has(tab) && !mayManage ? <NotForYou /> : <Shown tenant={tenant} connection={connection} />}
    </ConnectionKind>
  );
}

interface PartsProps extends TabProps {
  shown: Tab;
  mayManage: boolean;
}

function Parts({ tenant, connection: { id, dialect }, shown, mayManage }: PartsProps): ReactNode {
  const texts = useConnectionTexts();
  return (
    <nav className="parts" aria-label={texts.tabsLabel}>
      {TABS.filter((tab) => mayManage || !FOR_ADMINS.has(tab))
        .filter((tab) => tab !== 'mapping' || dialect === BY_MAPPING)
        .map((tab) => (
          <Link
            key={tab}
            to="/t/$tenant/connections/$connectionId"
            params={{ tenant, connectionId: id }}
            search={tab === 'health' ? {} : { tab }}
            activeOptions={{ exact: true, includeSearch: true }}
            aria-current={tab === shown ? 'page' : undefined}
          >
            {texts.tabs[tab]}
          </Link>
        ))}
    </nav>
  );
}

function NotForYou(): ReactNode {
  const { onlyRoles } = useOwnTexts(own);
  const { roles } = useTexts();
  return <Text>{onlyRoles(roles.admin)}</Text>;
}
