import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/language';

interface ChoiceProps<T extends string> {
  label: string;
  of: readonly T[];
  words: (one: T) => string;
  value: T | undefined;
  choose: (value: T | undefined) => void;
  /** There is no "any". */
  isNeeded?: boolean;
}

/** One of some, or any. */
export function Choice<T extends string>(props: ChoiceProps<T>): ReactNode {
  const { label, of, words, value, choose, isNeeded = false } = props;
  const { list } = useTexts();
  return (
    <NativeSelect
      size="xs"
      label={label}
      data={[
        ...(isNeeded ? [] : [{ value: '', label: list.any }]),
        ...of.map((one) => ({ value: one, label: words(one) })),
      ]}
      value={value ?? ''}
      onChange={({ currentTarget }) => {
        choose(of.find((one) => one === currentTarget.value));
      }}
    />
  );
}
