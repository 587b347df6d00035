import { Button, Group } from '@mantine/core';
import type { ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import type { PhoneOrder } from './phone-order';
import { phoneTexts } from './phone-texts';

/** Takes a call that rings, or does not want it. */
export function Ringing({ id, order }: { id: string; order: (order: PhoneOrder) => void }): ReactNode {
  const texts = useOwnTexts(phoneTexts);
  return (
    <Group gap={6}>
      <Button
        size="compact-sm"
        onClick={() => {
          order({ what: 'answer', id });
        }}
      >
        {texts.answer}
      </Button>
      <Button
        size="compact-sm"
        color="red"
        variant="outline"
        onClick={() => {
          order({ what: 'hangUp', id });
        }}
      >
        {texts.decline}
      </Button>
    </Group>
  );
}
