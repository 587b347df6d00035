import { Button, Group, NativeSelect, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { DryRunSteps } from './dry-run-steps';
import { useEditing } from './editing';
import { own } from './texts';
import type { DryRunning, TriedCall } from './use-dry-run';

const PAD = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'] as const;

/** A phone for the flow as it is in the page: a number, a time, keys. */
export function DryRunPhone({ running, close }: { running: DryRunning; close: () => void }): ReactNode {
  const texts = useOwnTexts(own);
  const { phone } = texts;
  return (
    <Stack gap="sm" component="section" aria-label={phone.title} className="flow-phone">
      <Group justify="space-between">
        <Title order={2} size="h4">
          {phone.title}
        </Title>
        <Button size="compact-xs" variant="default" onClick={close}>
          {phone.close}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {phone.about}
      </Text>
      <Caller call={running.call} change={running.changeCall} zones={running.zones} />
      {running.run === null ? (
        <Text size="sm" className="tone-bad" role="status">
          {phone.broken}
        </Text>
      ) : (
        <>
          <Pad running={running} />
          <DryRunSteps run={running.run} />
        </>
      )}
    </Stack>
  );
}

interface CallerProps {
  call: TriedCall;
  change: (part: Partial<TriedCall>) => void;
  zones: readonly string[];
}

function Caller({ call, change, zones }: CallerProps): ReactNode {
  const { phone } = useOwnTexts(own);
  return (
    <SimpleGrid cols={2} spacing="xs">
      {(['from', 'did'] as const).map((name) => (
        <TextInput
          key={name}
          size="xs"
          dir="ltr"
          label={phone[name]}
          value={call[name]}
          onChange={({ currentTarget }) => {
            change({ [name]: currentTarget.value });
          }}
        />
      ))}
      <TextInput
        size="xs"
        type="datetime-local"
        label={phone.at}
        description={phone.atHint}
        value={call.at}
        onChange={({ currentTarget }) => {
          change({ at: currentTarget.value });
        }}
      />
      <NativeSelect
        size="xs"
        label={phone.zone}
        description="IANA"
        data={[...zones]}
        value={call.timeZone}
        onChange={({ currentTarget }) => {
          change({ timeZone: currentTarget.value });
        }}
      />
      <NativeSelect
        size="xs"
        label={phone.asks}
        data={(['menu', 'layer'] as const).map((value) => ({ value, label: phone.asksOf[value] }))}
        value={call.asks}
        onChange={({ currentTarget }) => {
          change({ asks: currentTarget.value === 'layer' ? 'layer' : 'menu' });
        }}
      />
    </SimpleGrid>
  );
}

function Pad({ running }: { running: DryRunning }): ReactNode {
  const { phone } = useOwnTexts(own);
  const { mayChange } = useEditing();
  const { press, again, waiting, typed, type } = running;
  return (
    <Stack gap="xs" data-editing={mayChange}>
      <SimpleGrid cols={3} spacing={4} dir="ltr" role="group" aria-label={phone.pad}>
        {PAD.map((key) => (
          <Button
            key={key}
            variant="default"
            disabled={waiting === null}
            onClick={() => {
              if (waiting === 1) press(key);
              else type(typed + key);
            }}
          >
            {key}
          </Button>
        ))}
      </SimpleGrid>
      {waiting !== null && waiting > 1 && (
        <Group gap="xs" align="flex-end">
          <TextInput
            size="xs"
            flex={1}
            dir="ltr"
            label={phone.several}
            maxLength={waiting}
            value={typed}
            onChange={({ currentTarget }) => {
              type(currentTarget.value.replace(/[^0-9*#]/g, ''));
            }}
          />
          <Button
            size="xs"
            disabled={typed === ''}
            onClick={() => {
              press(typed);
            }}
          >
            {phone.send}
          </Button>
        </Group>
      )}
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          disabled={waiting === null}
          onClick={() => {
            press(null);
          }}
        >
          {phone.silence}
        </Button>
        <Button size="xs" variant="default" onClick={again}>
          {phone.again}
        </Button>
      </Group>
    </Stack>
  );
}
