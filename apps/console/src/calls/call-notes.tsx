import { Group, Stack, Text, TextInput, Textarea, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { CallDto } from '../api/operations';
import { TimeText } from '../list/time-text';
import { ActionButton } from '../page/action-button';
import { isolated } from '../texts/isolated';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

/** What people wrote about a call, and a place to write more. */
export function CallNotes({ call, tenant }: { call: CallDto; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  return (
    <section>
      <Title order={2} size="h4" mb="xs">
        {texts.notes}
      </Title>
      <Stack gap="sm">
        {call.notes.length === 0 && <Text size="sm">{texts.noNotes}</Text>}
        {call.notes.map(({ id, at, by, outcome, text }) => (
          <div key={id} className="call-part">
            <Text size="sm" c="dimmed">
              <TimeText at={at} exact /> {by.name !== null && texts.by(isolated(by.name))}
            </Text>
            {outcome !== null && (
              <Text size="sm" fw={600}>
                {texts.outcome}: <bdi>{outcome}</bdi>
              </Text>
            )}
            {text !== null && (
              <Text size="sm" dir="auto" style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
                {text}
              </Text>
            )}
          </div>
        ))}
        <NewNote callId={call.id} tenant={tenant} />
      </Stack>
    </section>
  );
}

function NewNote({ callId, tenant }: { callId: string; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const [text, setText] = useState('');
  const [outcome, setOutcome] = useState('');
  const body = {
    ...(text.trim() === '' ? {} : { text: text.trim() }),
    ...(outcome.trim() === '' ? {} : { outcome: outcome.trim() }),
  };
  return (
    <Group gap="sm" align="flex-end">
      <Textarea
        size="xs"
        label={texts.note}
        dir="auto"
        autosize
        maxRows={8}
        style={{ flex: '1 1 14rem' }}
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
        }}
      />
      <TextInput
        size="xs"
        label={texts.outcome}
        dir="auto"
        value={outcome}
        onChange={({ currentTarget }) => {
          setOutcome(currentTarget.value);
        }}
      />
      <ActionButton
        label={texts.addNote}
        variant="default"
        disabled={Object.keys(body).length === 0}
        act={() => ask('callWords.note', { path: { id: callId }, body, tenant })}
        done={texts.noted}
        stale={[['calls', tenant]]}
        whenDone={() => {
          setText('');
          setOutcome('');
        }}
      />
    </Group>
  );
}
