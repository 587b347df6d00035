import { Button, Group, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ProblemNotice } from '../app/problem-notice';
import { isolated } from '../texts/isolated';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';
import { useDialling } from './use-dial';

interface PhoneProps {
  /** What stands in the box at first. */
  begin: string;
  /** The phone in the page. */
  children?: ReactNode;
}

/** The place of the phone: numbers are dialled here, and here is the phone in the page. */
export function Phone({ begin, children }: PhoneProps): ReactNode {
  const texts = useOwnTexts(own);
  const { phones, phone, usePhone, call } = useDialling();
  const [number, setNumber] = useState(begin);
  return (
    <Stack component="section" aria-label={texts.phone} className="agent-part" gap="xs">
      <Title order={2} size="h4">
        {texts.phone}
      </Title>
      {children}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (number.trim() !== '') call.mutate(number.trim());
        }}
      >
        <Group gap="xs" align="flex-end" wrap="nowrap">
          <TextInput
            className="grow"
            label={texts.dialNumber}
            type="tel"
            dir="ltr"
            value={number}
            onChange={({ currentTarget }) => {
              setNumber(currentTarget.value);
            }}
          />
          <Button type="submit" loading={call.isPending} disabled={phone === undefined}>
            {texts.dial}
          </Button>
        </Group>
      </form>
      {phones !== undefined && phones.length > 1 && (
        <NativeSelect
          label={texts.fromPhone}
          size="xs"
          data={phones.map(({ extension, label, connectionName }) => ({
            value: extension,
            label: `${label ?? extension} · ${connectionName}`,
          }))}
          value={phone?.extension ?? ''}
          onChange={({ currentTarget }) => {
            usePhone(currentTarget.value);
          }}
        />
      )}
      {phones?.length === 0 && (
        <Text size="sm" c="dimmed">
          {texts.noPhone}
        </Text>
      )}
      {call.data === 'ordered' && (
        <Text size="sm" role="status">
          {texts.dialling(isolated(call.variables ?? ''))}
        </Text>
      )}
      {call.error !== null && <ProblemNotice error={call.error} />}
    </Stack>
  );
}
