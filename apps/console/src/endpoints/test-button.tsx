import { Button, Modal, NativeSelect, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTexts, useOwnTexts } from '../texts/language';
import { LiveTest, type TestType } from './live-test';
import { own } from './texts';
import { useEventTypes } from './use-event-types';

interface Props {
  endpoint: { id: string; name: string };
  tenant: string;
}

/** Sends a sample, and shows what was answered. */
export function TestButton({ endpoint, tenant }: Props): ReactNode {
  const { do: texts } = useOwnTexts(own);
  const { actions } = useTexts();
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button size="xs" variant="default" onClick={open}>
        {texts.test}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={`${texts.test}: ${endpoint.name}`}
        closeButtonProps={{ 'aria-label': actions.close }}
        size="lg"
      >
        <Tester id={endpoint.id} tenant={tenant} />
      </Modal>
    </>
  );
}

/** With a choice of what is sent. */
export function Tester({ id, tenant }: { id: string; tenant: string }): ReactNode {
  const { do: texts } = useOwnTexts(own);
  const types = useEventTypes(tenant);
  const [type, setType] = useState('endpoint.test');
  return (
    <Stack gap="sm">
      <Text size="sm">{texts.testAbout}</Text>
      <NativeSelect
        label={texts.testType}
        data={['endpoint.test', ...types.map((one) => one.type).filter((one) => one !== 'endpoint.test')]}
        value={type}
        dir="ltr"
        onChange={(event) => {
          setType(event.currentTarget.value);
        }}
      />
      <LiveTest key={type} id={id} tenant={tenant} type={type as TestType} />
    </Stack>
  );
}
