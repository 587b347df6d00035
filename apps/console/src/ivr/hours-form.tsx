import { Button, Fieldset, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { useEditing } from './editing';
import { PairsOfDates } from './date-hours';
import { TextsAt } from './fields';
import { withValue, type Path } from './flow-document';
import { START } from './flow-graph';
import { NameField } from './menu-form';
import { RangesAt } from './ranges-field';
import { own } from './texts';

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Business hours: the week, days on which nobody is there, and days with hours of their own. */
export function HoursForm({ name }: { name: string }): ReactNode {
  const texts = useOwnTexts(own);
  const { document, change, choose, mayChange } = useEditing();
  const path: Path = ['hours', name];
  return (
    <Stack gap="xs">
      <NameField member="hours" name={name} key={name} />
      <Fieldset legend={texts.weekly}>
        <Stack gap="xs">
          {DAYS.map((day) => (
            <RangesAt key={day} path={[...path, 'weekly', day]} label={texts.days[day]} />
          ))}
        </Stack>
      </Fieldset>
      <TextsAt path={[...path, 'closed']} label={texts.closedDates} />
      <PairsOfDates path={[...path, 'open']} />
      {mayChange && (
        <Button
          size="xs"
          color="red"
          variant="default"
          onClick={() => {
            change(withValue(document, path, undefined));
            choose(START);
          }}
        >
          {texts.removeHours}
        </Button>
      )}
    </Stack>
  );
}
