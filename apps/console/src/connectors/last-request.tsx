import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api/ask';
import type { AttemptDto } from '../api/operations';
import { JsonText } from '../json/json-text';
import { Loaded } from '../page/loaded';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

interface LastRequestProps {
  tenant: string;
  endpointId: string;
  /** Of this call alone. */
  callId?: string;
}

/** The last request to the CRM that went well, as it was kept: without credentials. */
export function LastRequest({ tenant, endpointId, callId }: LastRequestProps): ReactNode {
  const { written } = useOwnTexts(own);
  const query = useQuery({
    queryKey: ['deliveries', tenant, 'written', endpointId, callId],
    queryFn: ({ signal }) => lastAttempt({ tenant, endpointId, callId, signal }),
  });
  return (
    <section className="con-section">
      <Title order={2}>{written.sent}</Title>
      <Loaded query={query}>
        {(attempt) => {
          if (attempt === null) return <Text size="sm">{written.noSent}</Text>;
          return (
            <>
              <Text size="sm">
                <bdi lang="en">{attempt.decision}</bdi>
              </Text>
              <Text size="sm" dir="ltr" ta="start" style={{ overflowWrap: 'anywhere' }}>
                {attempt.requestMethod} {attempt.requestUrl}
              </Text>
              {attempt.requestBody !== null && <JsonText value={attempt.requestBody} label={written.sent} />}
            </>
          );
        }}
      </Loaded>
    </section>
  );
}

interface Asked {
  tenant: string;
  endpointId: string;
  callId: string | undefined;
  signal: AbortSignal;
}

/** Deliveries of a call that made no request, such as one that came twice, have none. */
async function lastAttempt({ tenant, endpointId, callId, signal }: Asked): Promise<AttemptDto | null> {
  const query = { endpointId, callId, state: 'delivered', limit: 5 } as const;
  const { data } = await ask('deliveries.list', { query, tenant, signal });
  for (const { id } of data) {
    const { attempts } = await ask('deliveries.get', { path: { id }, tenant, signal });
    const last = attempts.at(-1);
    if (last !== undefined && last.requestUrl !== null) return last;
  }
  return null;
}
