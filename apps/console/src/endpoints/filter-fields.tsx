import {
  Button,
  Checkbox,
  Group,
  NativeSelect,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useOwnTexts, useTexts } from '../texts/language';
import { errorOf } from './field-errors';
import { filterOf, OPERATORS, rowsOf, type Condition, type Filter, type FilterRows } from './filter-rows';
import { ownForm } from './form-texts';
import type { PartProps } from './form-props';

const DIRECTIONS = ['inbound', 'outbound', 'internal'] as const;

interface FilterProps extends PartProps {
  /** Told whether what is typed is a filter at all. */
  setReadable: (isReadable: boolean) => void;
}

/** Rows or JSON: both edit the same. */
export function FilterFields({ draft, set, errors, setReadable }: FilterProps): ReactNode {
  const texts = useOwnTexts(ownForm);
  const rows = rowsOf(draft.filter);
  const [isJson, setJson] = useState(rows === undefined);
  const error = errorOf(errors, 'filter');
  const put = (filter: Filter | null): void => {
    set({ filter });
  };
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={texts.filterAs}
        size="xs"
        w="fit-content"
        data={[
          { value: 'rows', label: texts.asRows },
          { value: 'json', label: texts.asJson },
        ]}
        value={isJson ? 'json' : 'rows'}
        onChange={(chosen) => {
          setReadable(true);
          setJson(chosen === 'json');
        }}
      />
      {isJson ? (
        <AsJson filter={draft.filter} put={put} setReadable={setReadable} />
      ) : rows === undefined ? (
        <Text size="sm">{texts.onlyJson}</Text>
      ) : (
        <AsRows first={rows} put={put} />
      )}
      {error !== undefined && (
        <Text size="sm" className="tone-bad" role="alert">
          <bdi>{error}</bdi>
        </Text>
      )}
    </Stack>
  );
}

interface AsJsonProps {
  filter: Filter | null;
  put: (filter: Filter | null) => void;
  setReadable: (isReadable: boolean) => void;
}

function AsJson({ filter, put, setReadable }: AsJsonProps): ReactNode {
  const texts = useOwnTexts(ownForm);
  const [text, setText] = useState(() => (filter === null ? '' : JSON.stringify(filter, null, 2)));
  const [problem, setProblem] = useState<string>();
  const type = (next: string): void => {
    setText(next);
    const read = readFilter(next);
    setReadable(read.ok);
    setProblem(read.ok ? undefined : read.isJson ? texts.notObject : texts.notJson);
    if (read.ok) put(read.filter);
  };
  return (
    <Textarea
      label={texts.filterJson}
      description={texts.filterAll}
      placeholder={'{ "directions": ["inbound"], "payload": { "talkSeconds": { "$gte": 30 } } }'}
      dir="ltr"
      autosize
      minRows={4}
      maxRows={16}
      value={text}
      error={problem}
      onChange={(event) => {
        type(event.currentTarget.value);
      }}
    />
  );
}

type Reading = { ok: true; filter: Filter | null } | { ok: false; isJson: boolean };

function readFilter(text: string): Reading {
  if (text.trim() === '') return { ok: true, filter: null };
  try {
    const read: unknown = JSON.parse(text);
    if (read === null) return { ok: true, filter: null };
    const isObject = typeof read === 'object' && !Array.isArray(read);
    return isObject ? { ok: true, filter: read as Filter } : { ok: false, isJson: true };
  } catch {
    return { ok: false, isJson: false };
  }
}

/** Keeps rows that are not complete yet, and what was typed between the commas. */
function AsRows({ first, put }: { first: FilterRows; put: (filter: Filter | null) => void }): ReactNode {
  const texts = useOwnTexts(ownForm);
  const { directions } = useTexts();
  const [rows, setRows] = useState(first);
  const change = (patch: Partial<FilterRows>): void => {
    const next = { ...rows, ...patch };
    setRows(next);
    put(filterOf({ ...next, conditions: next.conditions.filter(({ path }) => path.trim() !== '') }));
  };
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {texts.filterAll}
      </Text>
      <Checkbox.Group
        label={texts.directions}
        value={[...rows.directions]}
        onChange={(chosen) => {
          change({ directions: chosen });
        }}
      >
        <Group gap="md" mt={4}>
          {DIRECTIONS.map((direction) => (
            <Checkbox key={direction} value={direction} label={directions[direction]} />
          ))}
        </Group>
      </Checkbox.Group>
      <Words
        label={texts.extensions}
        words={rows.extensions}
        change={(extensions) => {
          change({ extensions });
        }}
      />
      <Words
        label={texts.queues}
        words={rows.queues}
        change={(queues) => {
          change({ queues });
        }}
      />
      <Conditions
        conditions={rows.conditions}
        change={(conditions) => {
          change({ conditions });
        }}
      />
    </Stack>
  );
}

interface WordsProps {
  label: string;
  words: readonly string[];
  change: (words: string[]) => void;
}

function Words({ label, words, change }: WordsProps): ReactNode {
  const [text, setText] = useState(words.join(', '));
  return (
    <TextInput
      label={label}
      dir="auto"
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        const typed = event.currentTarget.value.split(',').map((word) => word.trim());
        change(typed.filter((word) => word !== ''));
      }}
    />
  );
}

interface ConditionsProps {
  conditions: readonly Condition[];
  change: (conditions: readonly Condition[]) => void;
}

function Conditions({ conditions, change }: ConditionsProps): ReactNode {
  const texts = useOwnTexts(ownForm);
  return (
    <Stack gap="xs" align="flex-start">
      <Text size="sm" fw={500}>
        {texts.conditions}
      </Text>
      {conditions.map((condition, index) => (
        <ConditionRow
          key={index}
          condition={condition}
          number={index + 1}
          change={(next) => {
            change(conditions.with(index, next));
          }}
          remove={() => {
            change(conditions.filter((_, at) => at !== index));
          }}
        />
      ))}
      <Button
        size="compact-sm"
        variant="default"
        onClick={() => {
          change([...conditions, { path: '', operator: '$eq', value: '' }]);
        }}
      >
        {texts.addCondition}
      </Button>
    </Stack>
  );
}

interface ConditionRowProps {
  condition: Condition;
  number: number;
  change: (condition: Condition) => void;
  remove: () => void;
}

function ConditionRow({ condition, number, change, remove }: ConditionRowProps): ReactNode {
  const texts = useOwnTexts(ownForm);
  return (
    <div className="condition">
      <TextInput
        aria-label={texts.path(number)}
        placeholder="talkSeconds"
        dir="ltr"
        value={condition.path}
        onChange={(event) => {
          change({ ...condition, path: event.currentTarget.value });
        }}
      />
      <NativeSelect
        aria-label={texts.operator(number)}
        data={OPERATORS.map((value) => ({ value, label: texts.operators[value] }))}
        value={condition.operator}
        onChange={(event) => {
          const operator = OPERATORS.find((one) => one === event.currentTarget.value) ?? '$eq';
          const value = operator === '$exist' ? 'true' : condition.value;
          change({ ...condition, operator, value });
        }}
      />
      <TextInput
        aria-label={texts.value(number)}
        placeholder="30"
        dir="ltr"
        value={condition.value}
        onChange={(event) => {
          change({ ...condition, value: event.currentTarget.value });
        }}
      />
      <Button variant="default" aria-label={texts.removeCondition(number)} onClick={remove}>
        ×
      </Button>
    </div>
  );
}
