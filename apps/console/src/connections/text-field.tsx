import { TextInput, type TextInputProps } from '@mantine/core';
import type { ReactNode } from 'react';

interface TextFieldProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  value: string;
  change: (value: string) => void;
}

/** A line of text, in whatever direction it is written. */
export function TextField({ change, ...looks }: TextFieldProps): ReactNode {
  return (
    <TextInput
      size="sm"
      dir="auto"
      {...looks}
      onChange={({ currentTarget: { value } }) => {
        change(value);
      }}
    />
  );
}

/** Null for nothing, as the API has it. */
export function orNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}
