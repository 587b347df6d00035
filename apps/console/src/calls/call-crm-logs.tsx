import { Anchor, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { CrmLogDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { TimeText } from '../list/time-text';
import { Facts } from '../page/facts';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

/** What was written about a call in CRMs. */
export function CallCrmLogs({ callId, tenant }: { callId: string; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const logs = useQuery({
    queryKey: ['calls', tenant, callId, 'crm'],
    queryFn: ({ signal }) => ask('callCrmLogs.list', { path: { id: callId }, tenant, signal }),
  });
  return (
    <Loaded query={logs}>
      {({ data }) =>
        data.length === 0 ? (
          <Text size="sm">{texts.crmNone}</Text>
        ) : (
          <Stack>
            {data.map((log) => (
              <Log key={log.endpointId} log={log} tenant={tenant} />
            ))}
          </Stack>
        )
      }
    </Loaded>
  );
}

const TONES = { writing: 'tone-waiting', written: 'tone-good', undecided: 'tone-bad' } as const;

function Log({ log, tenant }: { log: CrmLogDto; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { contact, record, candidates } = log;
  return (
    <section className="call-part">
      <TextLink
        to="/t/$tenant/endpoints/$endpointId"
        params={{ tenant, endpointId: log.endpointId }}
        fw={600}
      >
        <bdi>{log.endpointName}</bdi>
      </TextLink>
      <Facts
        of={{
          [texts.state]: <span className={TONES[log.state]}>{texts.crmStates[log.state]}</span>,
          [texts.when]: <TimeText at={log.updatedAt} exact />,
          [texts.contact]:
            contact === null ? (
              candidates.length > 0 ? (
                texts.candidates(candidates.length)
              ) : undefined
            ) : (
              <PageOf name={contact.name} url={contact.url} />
            ),
          [texts.crmRecord]:
            record === null ? undefined : (
              <bdi>
                {record.type} {record.id}
              </bdi>
            ),
        }}
      />
    </section>
  );
}

/** Whatever a CRM has sent: a link that runs a script is none. */
function PageOf({ name, url }: { name: string; url: string | null }): ReactNode {
  if (url === null || !/^https?:\/\//i.test(url)) return <bdi>{name}</bdi>;
  return (
    <Anchor href={url} target="_blank" rel="noreferrer">
      <bdi>{name}</bdi>
    </Anchor>
  );
}
