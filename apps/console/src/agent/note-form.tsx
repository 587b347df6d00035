import { Button, Group, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { ProblemNotice } from '../app/problem-notice';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

interface NoteFormProps {
  call: string;
  tenant: string;
  label: string;
  /** Told when it was kept. */
  whenKept: () => void;
}

/** What came of a call, and what is to be known of it. Both go to the CRM with the call. */
export function NoteForm({ call, tenant, label, whenKept }: NoteFormProps): ReactNode {
  const texts = useOwnTexts(own);
  const [outcome, setOutcome] = useState('');
  const [text, setText] = useState('');
  const keeping = useMutation({
    mutationFn: () =>
      ask('ownCalls.note', {
        path: { id: call },
        body: { outcome: outcome.trim() || null, text: text.trim() || null },
        tenant,
      }),
    onSuccess: () => {
      setOutcome('');
      setText('');
      whenKept();
    },
  });
  const isEmpty = outcome.trim() === '' && text.trim() === '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isEmpty) keeping.mutate();
      }}
    >
      <Stack gap="xs">
        <TextInput
          size="xs"
          label={texts.outcome}
          placeholder={texts.outcomeHint}
          maxLength={100}
          value={outcome}
          onChange={({ currentTarget }) => {
            setOutcome(currentTarget.value);
          }}
        />
        <Textarea
          size="xs"
          label={texts.note}
          autosize
          minRows={2}
          maxRows={8}
          value={text}
          onChange={({ currentTarget }) => {
            setText(currentTarget.value);
          }}
        />
        <Group gap="xs">
          <Button type="submit" size="xs" loading={keeping.isPending} disabled={isEmpty}>
            {label}
          </Button>
          {keeping.isSuccess && (
            <Text size="sm" role="status">
              {texts.noted}
            </Text>
          )}
        </Group>
        {keeping.error !== null && <ProblemNotice error={keeping.error} />}
      </Stack>
    </form>
  );
}
