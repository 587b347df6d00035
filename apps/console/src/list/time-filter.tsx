import { TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';
import { useZone } from './zone';
import { fieldTextOf, instantOfField } from './zoned-time';

interface TimeFilterProps {
  label: string;
  /** ISO 8601. */
  value: string | undefined;
  choose: (value: string | undefined) => void;
}

/** A moment as a filter, written in the zone that times are shown in. */
export function TimeFilter({ label, value, choose }: TimeFilterProps): ReactNode {
  const { zone } = useZone();
  const texts = useOwnTexts(own);
  const said = value === undefined ? '' : fieldTextOf(value, zone);
  // While somebody writes, half a time is none.
  const [written, write] = useState<{ for: string; text: string }>();
  return (
    <TextInput
      size="xs"
      type="datetime-local"
      label={label}
      title={texts.zone(zone)}
      value={written?.for === said ? written.text : said}
      onChange={({ currentTarget: { value: text } }) => {
        write({ for: said, text });
        const at = text === '' ? undefined : instantOfField(text, zone);
        if (text === '' || at !== undefined) choose(at);
      }}
    />
  );
}
