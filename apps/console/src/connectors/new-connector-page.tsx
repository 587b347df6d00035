import { Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { TextLink } from '../app/text-link';
import { mayManage } from '../app/may';
import { useRole } from '../app/use-role';
import { Loaded } from '../page/loaded';
import { PageHead } from '../page/page-head';
import { useOwnTexts } from '../texts/language';
import { Abilities } from './catalogue';
import { ConnectForm } from './connect-form';
import './connectors.css';
import { own } from './texts';
import { useConnector } from './use-connectors';

const FROM = '/shell/t/$tenant/connectors/new/$name';

/** Connecting one CRM: a form of what its connector asks for. */
export function NewConnectorPage(): ReactNode {
  const { form, list } = useOwnTexts(own);
  const { tenant, name } = useParams({ from: FROM });
  const connector = useConnector(tenant, name);
  const isAdmin = mayManage(useRole(tenant));
  return (
    <Stack gap="md">
      <TextLink to="/t/$tenant/connectors" params={{ tenant }} search={{}} size="sm">
        {list.title}
      </TextLink>
      <PageHead title={form.title(connector.data?.title ?? name)} />
      <Loaded query={connector}>
        {(found) => {
          if (found === undefined) return <Text>{list.noneFound}</Text>;
          return (
            <>
              <Text size="sm">
                <bdi lang="en">{found.about}</bdi>
              </Text>
              {found.ringTime !== null && (
                <Text size="sm">
                  <bdi lang="en">{found.ringTime}</bdi>
                </Text>
              )}
              <div>
                <Abilities connector={found} />
              </div>
              {isAdmin ? <ConnectForm tenant={tenant} connector={found} /> : <Text>{list.adminOnly}</Text>}
            </>
          );
        }}
      </Loaded>
    </Stack>
  );
}
