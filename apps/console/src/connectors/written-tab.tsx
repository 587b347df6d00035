import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { mayManage } from '../app/may';
import { useRole } from '../app/use-role';
import { Loaded } from '../page/loaded';
import { isolated } from '../texts/isolated';
import { useLanguage, useOwnTexts } from '../texts/language';
import type { ConnectionProps } from './connector-page';
import { dryRun } from './dry-run';
import { EntryView } from './entry-view';
import { LastRequest } from './last-request';
import { mappingRows } from './mapping-rows';
import { own } from './texts';

const LATEST = 50;

/** What of a call goes where in the CRM, and the last call as an example. */
export function WrittenTab(props: ConnectionProps): ReactNode {
  const { tenant, endpoint, connector } = props;
  const { written } = useOwnTexts(own);
  const { language } = useLanguage();
  const isAdmin = mayManage(useRole(tenant));
  const number = new Intl.NumberFormat(language);
  return (
    <>
      <section className="con-section">
        <Title order={2}>{written.how}</Title>
        <Text size="sm">
          <bdi lang="en">{connector.about}</bdi>
        </Text>
        <Text size="sm">{written.keys[connector.key]}</Text>
        <Text size="sm">{written.updates[connector.update]}</Text>
        <Text size="sm">
          {written.limits(
            isolated(number.format(connector.limits.subject)),
            isolated(number.format(connector.limits.body)),
          )}
        </Text>
      </section>
      <Mapping settings={endpoint.formatSettings} />
      {isAdmin && <LastCall {...props} />}
      <LastRequest tenant={tenant} endpointId={endpoint.id} />
    </>
  );
}

function Mapping({ settings }: { settings: Readonly<Record<string, unknown>> }): ReactNode {
  const { written } = useOwnTexts(own);
  const rows = mappingRows(settings);
  if (rows.length === 0) return null;
  return (
    <section className="con-section">
      <Title order={2}>{written.mapping}</Title>
      <table className="con-table">
        <thead>
          <tr>
            <th scope="col">{written.to}</th>
            <th scope="col">{written.from}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ field, from }) => (
            <tr key={field}>
              <th scope="row">
                <bdi dir="ltr">{field}</bdi>
              </th>
              <td>
                <bdi dir="ltr">{from}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function LastCall({ tenant, endpoint }: ConnectionProps): ReactNode {
  const { written } = useOwnTexts(own);
  const query = useQuery({
    queryKey: ['calls', tenant, 'worded', endpoint.id, endpoint.updatedAt],
    queryFn: ({ signal }) => dryRun(endpoint, { latest: LATEST, tenant, signal }),
  });
  return (
    <section className="con-section">
      <Title order={2}>{written.example}</Title>
      <Loaded query={query}>
        {(events) => {
          const entry = events.find((event) => event.entry !== null)?.entry ?? null;
          return entry === null ? <Text size="sm">{written.noExample}</Text> : <EntryView entry={entry} />;
        }}
      </Loaded>
    </section>
  );
}
