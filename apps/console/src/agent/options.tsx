import { Button, Group, Switch, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';

/** What browsers do not allow to a page inside another one. */
const IS_FRAME = parent !== window;
const HANDLER = '/agent?dial=%s';

interface OptionsProps {
  quiet: boolean;
  setQuiet: (quiet: boolean) => void;
}

/** Whether it rings here, and what this browser does for the page. */
export function Options({ quiet, setQuiet }: OptionsProps): ReactNode {
  const texts = useOwnTexts(own);
  return (
    <Group gap="xs">
      <Switch
        size="xs"
        label={texts.quiet}
        description={texts.quietHint}
        checked={quiet}
        onChange={({ currentTarget }) => {
          setQuiet(currentTarget.checked);
        }}
      />
      {!IS_FRAME && (
        <>
          <Notices />
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => {
              navigator.registerProtocolHandler('tel', location.origin + HANDLER);
            }}
          >
            {texts.telLinks}
          </Button>
        </>
      )}
    </Group>
  );
}

function Notices(): ReactNode {
  const texts = useOwnTexts(own);
  const [allowed, setAllowed] = useState(() =>
    typeof Notification === 'undefined' ? 'denied' : Notification.permission,
  );
  if (allowed === 'granted') return null;
  if (allowed === 'denied')
    return (
      <Text size="xs" c="dimmed">
        {texts.noticesOff}
      </Text>
    );
  return (
    <Button
      size="compact-xs"
      variant="default"
      onClick={() => void Notification.requestPermission().then(setAllowed)}
    >
      {texts.notices}
    </Button>
  );
}
