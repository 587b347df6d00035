import { Button, Center, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/language';

/** What browsers say of a file that is not there any more: the page is of before an update. */
const GONE = /dynamically imported module|importing a module script|preload/i;

/** In the place of a page that failed. */
export function Broken({ error }: { error: unknown }): ReactNode {
  const { problem, actions } = useTexts();
  const isOld = error instanceof Error && GONE.test(error.message);
  return (
    <Said text={isOld ? problem.oldPage : problem.crash}>
      <Button
        onClick={() => {
          location.reload();
        }}
      >
        {actions.reload}
      </Button>
    </Said>
  );
}

export function NoSuchPage(): ReactNode {
  return <Said text={useTexts().problem.notFound} />;
}

function Said({ text, children }: { text: string; children?: ReactNode }): ReactNode {
  return (
    <Center component="main" mih="60vh" p="md">
      <Stack align="center">
        <Text role="alert">{text}</Text>
        {children}
      </Stack>
    </Center>
  );
}
