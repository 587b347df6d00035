import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { OwnCallDto } from '../api/operations';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { Loaded } from '../page/loaded';
import { useOwnTexts, useTexts } from '../texts/language';
import { NoteForm } from './note-form';
import { outsideOf } from './outside-of';
import { TelLink } from './tel-link';
import { own } from './texts';
import { useDialling } from './use-dial';

const MOST_MISSED = 50;
const MOST_RECENT = 20;

/** Calls that nobody answered and that the agent has not seen to. */
export function MissedCalls({ tenant }: { tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const query = useQuery({
    queryKey: ['agent', tenant, 'missed'],
    queryFn: ({ signal }) =>
      ask('ownCalls.list', { query: { missed: true, seen: false, limit: MOST_MISSED }, tenant, signal }),
  });
  const stale = [['agent', tenant]];
  return (
    <Loaded query={query}>
      {({ data }) => {
        const until = data[0]?.startedAt;
        if (data.length === 0) return <Text>{texts.noMissed}</Text>;
        return (
          <Stack gap="xs">
            {until != null && (
              <div>
                <ActionButton
                  label={texts.allSeen}
                  variant="default"
                  act={() => ask('ownCalls.see', { body: { until }, tenant })}
                  stale={stale}
                />
              </div>
            )}
            <ul className="agent-rows">
              {data.map((call) => (
                <li key={call.id}>
                  <Row call={call} />
                  <Group gap="xs">
                    <CallBack call={call} />
                    <ActionButton
                      label={texts.seen}
                      size="compact-xs"
                      variant="default"
                      act={() => ask('ownCalls.see', { body: { calls: [call.id] }, tenant })}
                      stale={stale}
                    />
                  </Group>
                </li>
              ))}
            </ul>
          </Stack>
        );
      }}
    </Loaded>
  );
}

function CallBack({ call }: { call: OwnCallDto }): ReactNode {
  const texts = useOwnTexts(own);
  const { phone, call: dialling } = useDialling();
  const number = outsideOf(call);
  return (
    <Button
      size="compact-xs"
      disabled={phone === undefined || number === ''}
      loading={dialling.isPending && dialling.variables === number}
      onClick={() => {
        dialling.mutate(number);
      }}
    >
      {texts.callBack}
    </Button>
  );
}

/** The agent's last calls; a note may be added to each. */
export function RecentCalls({ tenant, noted }: { tenant: string; noted: () => void }): ReactNode {
  const texts = useOwnTexts(own);
  const query = useQuery({
    queryKey: ['agent', tenant, 'recent'],
    queryFn: ({ signal }) => ask('ownCalls.list', { query: { limit: MOST_RECENT }, tenant, signal }),
  });
  const [noting, note] = useState<string>();
  return (
    <Loaded query={query}>
      {({ data }) =>
        data.length === 0 ? (
          <Text size="sm">{texts.noRecent}</Text>
        ) : (
          <ul className="agent-rows">
            {data.map((call) => (
              <li key={call.id}>
                <Row call={call} />
                {noting === call.id ? (
                  <NoteForm
                    call={call.id}
                    tenant={tenant}
                    label={texts.keepNote}
                    whenKept={() => {
                      note(undefined);
                      noted();
                    }}
                  />
                ) : (
                  <Button
                    size="compact-xs"
                    variant="default"
                    onClick={() => {
                      note(call.id);
                    }}
                  >
                    {texts.addNote}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function Row({ call }: { call: OwnCallDto }): ReactNode {
  const texts = useOwnTexts(own);
  const { results } = useTexts();
  const number = outsideOf(call);
  return (
    <div>
      {call.contact !== null && (
        <b>
          <bdi>{call.contact.name}</bdi>{' '}
        </b>
      )}
      {number === '' ? texts.withheld : <TelLink number={number} />}
      <Text size="sm" c="dimmed" component="div">
        <TimeText at={call.startedAt} /> · {texts.directions[call.direction]} · {results[call.result]}
      </Text>
      {call.notes.map(({ id, outcome, text }) => (
        <Text key={id} size="sm" component="div" className="agent-note">
          {outcome !== null && (
            <b>
              <bdi>{outcome}</bdi>{' '}
            </b>
          )}
          <bdi>{text}</bdi>
        </Text>
      ))}
    </div>
  );
}
