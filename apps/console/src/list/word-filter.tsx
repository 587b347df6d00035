import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useState, type ReactNode } from 'react';

interface WordFilterProps {
  label: string;
  hint?: string;
  value: string | undefined;
  /** Called when somebody has stopped writing. */
  choose: (value: string | undefined) => void;
}

const STOPPED_MS = 300;

/** A text as a filter. */
export function WordFilter({ label, hint, value, choose }: WordFilterProps): ReactNode {
  const said = value ?? '';
  const [text, setText] = useState(said);
  const [told, setTold] = useState(said);
  const [before, setBefore] = useState(said);
  // What is written stands until the address says something else, as it does when filters are cleared.
  if (said !== before) {
    setBefore(said);
    if (said !== told) {
      setTold(said);
      setText(said);
    }
  }
  const tell = useDebouncedCallback((written: string) => {
    const word = written.trim();
    setTold(word);
    choose(word === '' ? undefined : word);
  }, STOPPED_MS);
  return (
    <TextInput
      size="xs"
      label={label}
      placeholder={hint}
      dir="auto"
      value={text}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        tell(currentTarget.value);
      }}
    />
  );
}
