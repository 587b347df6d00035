import { Button, Fieldset, Group, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { useEditing } from './editing';
import { namesAt, type Path } from './flow-document';
import { RangesAt } from './ranges-field';
import { own } from './texts';

/** Dates with hours of their own. */
export function PairsOfDates({ path }: { path: Path }): ReactNode {
  const texts = useOwnTexts(own);
  const { document, set, mayChange } = useEditing();
  const [date, setDate] = useState('');
  return (
    <Fieldset legend={texts.openDates}>
      <Stack gap="xs">
        {namesAt(document, path).map((day) => (
          <Group key={day} gap="xs" align="flex-end" wrap="nowrap">
            <div className="flow-grow">
              <RangesAt path={[...path, day]} label={day} />
            </div>
            <Button
              size="xs"
              variant="default"
              aria-label={texts.removeThat(day)}
              onClick={() => {
                set([...path, day], undefined);
              }}
            >
              ✕
            </Button>
          </Group>
        ))}
        {mayChange && (
          <Group gap="xs" align="flex-end">
            <TextInput
              size="xs"
              type="date"
              label={texts.date}
              value={date}
              onChange={({ currentTarget }) => {
                setDate(currentTarget.value);
              }}
            />
            <Button
              size="xs"
              variant="default"
              disabled={date === ''}
              onClick={() => {
                set([...path, date], [['09:00', '13:00']]);
                setDate('');
              }}
            >
              {texts.add}
            </Button>
          </Group>
        )}
      </Stack>
    </Fieldset>
  );
}
