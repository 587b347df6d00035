import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { useRole } from '../app/use-role';
import { ActionButton } from '../page/action-button';
import { useOwnTexts } from '../texts/language';
import type { PartProps } from './part-props';
import { own } from './texts';

const THENS = ['done', 'retry', 'do_not_call'] as const;
interface Word {
  word: string;
  then: (typeof THENS)[number];
  after: string;
}
type Rules = Readonly<Record<string, { then: Word['then']; afterMinutes: number | null }>>;

/** What words that are said about leads come to. */
export function WordsTab({ campaign, tenant }: PartProps): ReactNode {
  const texts = useOwnTexts(own);
  const mayNot = useRole(tenant) === 'supervisor';
  const [rows, setRows] = useState(() => wordsOf(campaign.settings['dispositions'] as Rules | undefined));
  const set = (at: number, change: Partial<Word>): void => {
    setRows(rows.map((row, index) => (index === at ? { ...row, ...change } : row)));
  };
  return (
    <Stack gap="sm" maw={760}>
      <Text size="sm">{texts.words.about}</Text>
      {mayNot && <Text size="sm">{texts.onlyRole}</Text>}
      {rows.length === 0 && <Text size="sm">{texts.words.none}</Text>}
      {rows.map((row, index) => (
        <WordRow
          key={index}
          row={row}
          disabled={mayNot}
          set={(change) => {
            set(index, change);
          }}
          remove={() => {
            setRows(rows.filter((_, at) => at !== index));
          }}
        />
      ))}
      <Group>
        <Button
          size="xs"
          variant="default"
          disabled={mayNot}
          onClick={() => {
            setRows([...rows, { word: '', then: 'done', after: '' }]);
          }}
        >
          {texts.words.add}
        </Button>
        <ActionButton
          label={texts.save}
          disabled={mayNot}
          done={texts.saved}
          act={() =>
            ask('campaigns.patch', {
              path: { id: campaign.id },
              body: { settings: { dispositions: rulesOf(rows) } },
              tenant,
            })
          }
          stale={[['campaigns', tenant, campaign.id]]}
        />
      </Group>
    </Stack>
  );
}

interface WordRowProps {
  row: Word;
  disabled: boolean;
  set: (change: Partial<Word>) => void;
  remove: () => void;
}

function WordRow({ row, disabled, set, remove }: WordRowProps): ReactNode {
  const texts = useOwnTexts(own);
  const { words } = texts;
  return (
    <Group gap="xs" align="flex-end">
      <TextInput
        size="xs"
        label={words.word}
        dir="auto"
        disabled={disabled}
        value={row.word}
        onChange={({ currentTarget: { value } }) => {
          set({ word: value });
        }}
      />
      <NativeSelect
        size="xs"
        label={words.then}
        disabled={disabled}
        data={THENS.map((then) => ({ value: then, label: words.thens[then] }))}
        value={row.then}
        onChange={({ currentTarget: { value } }) => {
          set({ then: THENS.find((then) => then === value) ?? 'done' });
        }}
      />
      {row.then === 'retry' && (
        <TextInput
          size="xs"
          label={words.after}
          placeholder={words.afterHint}
          inputMode="numeric"
          disabled={disabled}
          value={row.after}
          onChange={({ currentTarget: { value } }) => {
            set({ after: value });
          }}
        />
      )}
      <Button size="xs" variant="default" disabled={disabled} onClick={remove}>
        {texts.remove}
      </Button>
    </Group>
  );
}

function wordsOf(rules: Rules = {}): Word[] {
  return Object.entries(rules).map(([word, { then, afterMinutes }]) => ({
    word,
    then,
    after: afterMinutes === null ? '' : String(afterMinutes),
  }));
}

function rulesOf(rows: readonly Word[]): Rules {
  return Object.fromEntries(
    rows
      .filter(({ word }) => word.trim() !== '')
      .map(({ word, then, after }) => {
        const afterMinutes = then === 'retry' && after.trim() !== '' ? Number(after) : null;
        return [word.trim(), { then, afterMinutes }];
      }),
  );
}
