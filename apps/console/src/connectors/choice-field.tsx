import { Radio, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

interface ChoiceFieldProps {
  label: string;
  value: string;
  choices: readonly string[];
  /** By choice: what it is called, and a sentence with an example. */
  words: Readonly<Record<string, readonly [string, string]>>;
  /** Said beside the one that holds where nothing is chosen. */
  usual?: { choice: string; word: string };
  disabled?: boolean;
  change: (value: string) => void;
}

/** One of several, each with a sentence about what it means. */
export function ChoiceField({
  label,
  value,
  choices,
  words,
  usual,
  disabled,
  change,
}: ChoiceFieldProps): ReactNode {
  return (
    <Radio.Group label={label} value={value} onChange={change}>
      <Stack gap="xs" mt={4}>
        {choices.map((choice) => {
          const [name, about] = words[choice] ?? [choice, ''];
          return (
            <Radio
              key={choice}
              value={choice}
              disabled={disabled ?? false}
              label={usual?.choice === choice ? `${name} (${usual.word})` : name}
              description={about}
            />
          );
        })}
      </Stack>
    </Radio.Group>
  );
}
