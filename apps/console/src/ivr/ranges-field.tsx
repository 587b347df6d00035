import { TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { faultAt, useEditing } from './editing';
import { valueAt, type Path } from './flow-document';
import { rangesOf, rangesText } from './hours-text';
import { own } from './texts';

/** The hours of a day, taken over while they are typed and put in order when somebody is done. */
export function RangesAt({ path, label }: { path: Path; label: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { document, set, problems } = useEditing();
  const kept = rangesText(valueAt(document, path));
  const [typed, setTyped] = useState<string>();
  const fault = faultAt(problems, path);
  return (
    <TextInput
      size="xs"
      dir="ltr"
      label={label}
      placeholder={texts.rangesHint}
      error={fault === undefined ? undefined : <bdi>{fault}</bdi>}
      value={typed ?? kept}
      onChange={({ currentTarget: { value } }) => {
        setTyped(value);
        set(path, rangesOf(value));
      }}
      onBlur={() => {
        setTyped(undefined);
      }}
    />
  );
}
