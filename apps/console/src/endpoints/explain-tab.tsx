import { Button, Group, NativeSelect, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { CallDto, TellingDto } from '../api/operations';
import { TextLink } from '../app/text-link';
import { useZone } from '../list/zone';
import { momentText } from '../list/zoned-time';
import { Loaded } from '../page/loaded';
import { isolated } from '../texts/isolated';
import { useLanguage, useOwnTexts, useTexts } from '../texts/language';
import type { TabProps } from './endpoint-page';
import { ownTabs } from './tab-texts';

type Kind = 'callId' | 'eventId';

/** Whether a call or an event was sent here, and why not. What is asked stands in the address. */
export function ExplainTab(props: TabProps): ReactNode {
  const { search, show } = props;
  const { explain } = useOwnTexts(ownTabs);
  const [kind, setKind] = useState<Kind>(search.eventId === undefined ? 'callId' : 'eventId');
  const [id, setId] = useState(search.eventId ?? search.callId ?? '');
  const explainIt = (wanted: string, of: Kind): void => {
    show({ tab: 'explain', [of]: wanted.trim() });
  };
  return (
    <Stack gap="md">
      <Text size="sm">{explain.about}</Text>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          explainIt(id, kind);
        }}
      >
        <Group align="end" gap="sm">
          <SegmentedControl
            aria-label={explain.kind}
            size="xs"
            data={[
              { value: 'callId', label: explain.call },
              { value: 'eventId', label: explain.event },
            ]}
            value={kind}
            onChange={(chosen) => {
              setKind(chosen === 'eventId' ? 'eventId' : 'callId');
            }}
          />
          <TextInput
            label={explain.id}
            value={id}
            dir="ltr"
            className="id-input"
            onChange={(event) => {
              setId(event.currentTarget.value);
            }}
          />
          <Button type="submit" disabled={id.trim() === ''}>
            {explain.ask}
          </Button>
        </Group>
      </form>
      <LastCalls
        tenant={props.tenant}
        chosen={search.callId}
        choose={(callId) => {
          setKind('callId');
          setId(callId);
          explainIt(callId, 'callId');
        }}
      />
      {(search.callId ?? search.eventId) !== undefined && <Answer {...props} />}
    </Stack>
  );
}

interface LastCallsProps {
  tenant: string;
  chosen: string | undefined;
  choose: (id: string) => void;
}

function LastCalls({ tenant, chosen, choose }: LastCallsProps): ReactNode {
  const { explain } = useOwnTexts(ownTabs);
  const texts = useTexts();
  const { language } = useLanguage();
  const { zone } = useZone();
  const { data } = useQuery({
    queryKey: ['calls', tenant, 'last'],
    queryFn: ({ signal }) => ask('calls.list', { query: { limit: 20 }, tenant, signal }),
  });
  const words = ({ startedAt, direction, from, to, result }: CallDto): string => {
    const party = direction === 'outbound' ? to : from;
    const when = startedAt === null ? '' : momentText(startedAt, language, false, zone);
    return [isolated(when), isolated(party.e164 ?? party.original), texts.results[result]].join(' · ');
  };
  const calls = data?.data ?? [];
  return (
    <NativeSelect
      label={explain.pick}
      className="narrow-field"
      value={calls.some(({ id }) => id === chosen) ? chosen : ''}
      data={[
        { value: '', label: explain.choose },
        ...calls.map((call) => ({ value: call.id, label: words(call) })),
      ]}
      onChange={(event) => {
        if (event.currentTarget.value !== '') choose(event.currentTarget.value);
      }}
    />
  );
}

function Answer({ endpoint, tenant, search: { callId, eventId } }: TabProps): ReactNode {
  const { explain } = useOwnTexts(ownTabs);
  const query = useQuery({
    queryKey: ['endpoints', tenant, endpoint.id, 'explain', callId, eventId],
    queryFn: ({ signal }) =>
      ask('endpoints.explain', { path: { id: endpoint.id }, query: { callId, eventId }, tenant, signal }),
  });
  return (
    <Loaded query={query}>
      {({ data }) =>
        data.length === 0 ? (
          <Text size="sm">{explain.none}</Text>
        ) : (
          <ol className="entries">
            {data.map((telling) => (
              <li key={telling.eventId}>
                <Telling telling={telling} tenant={tenant} />
              </li>
            ))}
          </ol>
        )
      }
    </Loaded>
  );
}

function Telling({ telling, tenant }: { telling: TellingDto; tenant: string }): ReactNode {
  const { explain } = useOwnTexts(ownTabs);
  const { language } = useLanguage();
  const { zone } = useZone();
  const { code, params, because, told, deliveryId } = telling;
  const at = (name: unknown): string => {
    const value = params[String(name)];
    return typeof value === 'string' ? ` ${isolated(momentText(value, language, true, zone))}.` : '';
  };
  return (
    <Stack gap={2}>
      <Text size="sm">
        <b>
          <bdi>{telling.type}</bdi>
        </b>{' '}
        <span className={told ? 'tone-good' : 'tone-bad'}>{told ? explain.told : explain.notTold}</span>
      </Text>
      <Text size="sm">{explain.codes[code]?.(params, at) ?? <bdi>{because}</bdi>}</Text>
      {deliveryId !== null && (
        <TextLink to="/t/$tenant/deliveries/$deliveryId" params={{ tenant, deliveryId }} size="sm">
          {explain.delivery}
        </TextLink>
      )}
    </Stack>
  );
}
