import { Group, Stack, Text, Title } from '@mantine/core';
import { useParams, useSearch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { ConnectionDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { Loaded } from '../page/loaded';
import { PageHead } from '../page/page-head';
import { useOwnTexts, useTexts } from '../texts/language';
import { ConnectionKind } from './connection-texts';
import { FirstWebhook } from './first-webhook';
import { MappingStep } from './mapping-step';
import { NewConnectionForm } from './new-connection-form';
import { ownSocket } from './socket-texts';
import { own } from './texts';
import { UrlsToPaste } from './urls-to-paste';
import { useConnection, useGuide } from './use-connection';
import { BY_MAPPING } from './use-mapping';
import './connections.css';

const FROM = '/shell/t/$tenant/connections/new';

/** Connects a PBX: which one, what to paste, and whether it arrives. The address says how far one is, the rest the connection itself. */
export function NewConnectionPage(): ReactNode {
  const { wizard } = useOwnTexts(own);
  const { places } = useTexts();
  const { tenant } = useParams({ from: FROM });
  const { connection } = useSearch({ from: FROM });
  return (
    <Stack gap="md">
      <TextLink to="/t/$tenant/connections" params={{ tenant }} size="sm">
        {places.connections}
      </TextLink>
      <PageHead title={wizard.title} />
      {connection === undefined ? (
        <NewConnectionForm tenant={tenant} />
      ) : (
        <Made tenant={tenant} id={connection} key={connection} />
      )}
    </Stack>
  );
}

function Made({ tenant, id }: { tenant: string; id: string }): ReactNode {
  const texts = useOwnTexts(own);
  const connection = useConnection(tenant, id);
  return (
    <Loaded query={connection}>
      {(made) =>
        made === null ? <Text>{texts.notFound}</Text> : <PasteAndWait tenant={tenant} connection={made} />
      }
    </Loaded>
  );
}

function PasteAndWait({ tenant, connection }: { tenant: string; connection: ConnectionDto }): ReactNode {
  const { wizard } = useOwnTexts(own);
  const socket = useOwnTexts(ownSocket);
  const guide = useGuide(tenant, connection.id);
  const isSocket = guide.data?.kind === 'socket';
  return (
    <ConnectionKind value={isSocket ? 'socket' : 'webhook'}>
      <div className="side-by-side">
        <section className="panel" aria-labelledby="paste">
          <StepTitle id="paste" number={2} title={isSocket ? socket.paste : wizard.paste} />
          <Loaded query={guide}>{(data) => <UrlsToPaste guide={data} />}</Loaded>
          {connection.dialect === BY_MAPPING && <MappingStep tenant={tenant} id={connection.id} />}
        </section>
        <section className="panel" aria-labelledby="wait">
          <StepTitle id="wait" number={3} title={isSocket ? socket.wait : wizard.wait} />
          <Loaded query={guide}>
            {({ trial }) => (
              <FirstWebhook
                tenant={tenant}
                connection={connection}
                trial={trial}
                anotherTrial={() => guide.refetch()}
              />
            )}
          </Loaded>
        </section>
      </div>
    </ConnectionKind>
  );
}

function StepTitle({ id, number, title }: { id: string; number: number; title: string }): ReactNode {
  const { wizard } = useOwnTexts(own);
  return (
    <Group gap="xs" mb="sm" align="baseline">
      <Text size="sm" c="dimmed">
        {wizard.step(number)}
      </Text>
      <Title order={2} size="h4" id={id}>
        {title}
      </Title>
    </Group>
  );
}
