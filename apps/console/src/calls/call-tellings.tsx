import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { EndpointDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { Loaded } from '../page/loaded';
import { tellingWords } from '../reasons/telling-words';
import { useLanguage, useOwnTexts } from '../texts/language';
import { useZone } from '../list/zone';
import { own } from './texts';

interface CallTellingsProps {
  callId: string;
  tenant: string;
}

/** Each endpoint is a question of its own: of more than these it is asked for by hand. */
const ASKED_AT_ONCE = 20;

/** Of each endpoint whether it was told of a call, and why or why not. */
export function CallTellings({ callId, tenant }: CallTellingsProps): ReactNode {
  const texts = useOwnTexts(own);
  const endpoints = useQuery({
    queryKey: ['endpoints', tenant, 'names'],
    queryFn: ({ signal }) => ask('endpoints.list', { query: { limit: 200 }, tenant, signal }),
    staleTime: 60_000,
  });
  return (
    <Loaded query={endpoints}>
      {({ data }) => (
        <Stack>
          {data.length === 0 && <Text size="sm">{texts.noEndpoints}</Text>}
          {data.map((endpoint, index) => (
            <Endpoint
              key={endpoint.id}
              endpoint={endpoint}
              callId={callId}
              tenant={tenant}
              atOnce={index < ASKED_AT_ONCE}
            />
          ))}
        </Stack>
      )}
    </Loaded>
  );
}

interface EndpointProps extends CallTellingsProps {
  endpoint: EndpointDto;
  atOnce: boolean;
}

function Endpoint({ endpoint, callId, tenant, atOnce }: EndpointProps): ReactNode {
  const texts = useOwnTexts(own);
  const [isWanted, want] = useState(atOnce);
  return (
    <section className="call-part">
      <Group gap="sm">
        <TextLink to="/t/$tenant/endpoints/$endpointId" params={{ tenant, endpointId: endpoint.id }} fw={600}>
          <bdi>{endpoint.name}</bdi>
        </TextLink>
        {!isWanted && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              want(true);
            }}
          >
            {texts.askTold}
          </Button>
        )}
      </Group>
      {isWanted && <Tellings endpointId={endpoint.id} callId={callId} tenant={tenant} />}
    </section>
  );
}

function Tellings({ endpointId, callId, tenant }: CallTellingsProps & { endpointId: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { language } = useLanguage();
  const { zone } = useZone();
  const tellings = useQuery({
    queryKey: ['calls', tenant, callId, 'told', endpointId],
    queryFn: ({ signal }) =>
      ask('endpoints.explain', { path: { id: endpointId }, query: { callId }, tenant, signal }),
  });
  return (
    <Loaded query={tellings}>
      {({ data }) => (
        <>
          {data.length === 0 && <Text size="sm">{texts.noEvents}</Text>}
          {data.map((telling) => (
            <div key={telling.eventId} className="call-told">
              <span className={telling.told ? 'tone-good' : 'tone-bad'}>
                {telling.told ? `● ${texts.toldYes}` : `✕ ${texts.toldNo}`}
              </span>
              <bdi>{telling.type}</bdi>
              <span>
                <bdi>{tellingWords(telling, language, zone)}</bdi>
              </span>
              {telling.deliveryId !== null && (
                <TextLink
                  size="sm"
                  to="/t/$tenant/deliveries/$deliveryId"
                  params={{ tenant, deliveryId: telling.deliveryId }}
                >
                  {texts.inspect}
                </TextLink>
              )}
            </div>
          ))}
        </>
      )}
    </Loaded>
  );
}
