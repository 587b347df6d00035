import { Button, Group, NativeSelect, Paper, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { CallDto, TransferDto } from '../api/operations';
import { ActionButton } from '../page/action-button';
import { useOwnTexts } from '../texts/language';
import { controlsOf } from './may-control';
import { own } from './texts';

/** What can be done while a call goes on, as far as its PBX can. */
export function CallControls({ call, tenant }: { call: CallDto; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const connections = useQuery({
    queryKey: ['connections', tenant, 'dialects'],
    queryFn: ({ signal }) => ask('connections.list', { query: { limit: 200 }, tenant, signal }),
    staleTime: 60_000,
  });
  const drivers = useQuery({
    queryKey: ['pbx-drivers'],
    queryFn: ({ signal }) => ask('pbxDrivers.list', { tenant, signal }),
    staleTime: Infinity,
  });
  const vendor = connections.data?.data.find(({ id }) => id === call.connectionId)?.dialect;
  if (vendor === undefined || drivers.data === undefined) return null;
  const able = controlsOf(drivers.data.data, vendor);
  const path = { id: call.id };
  const stale = [['calls', tenant]];
  return (
    <Paper withBorder p="sm" component="section" aria-label={texts.control}>
      <Title order={2} size="h5" mb="xs">
        {texts.control}
      </Title>
      {able.length === 0 && <Text size="sm">{texts.controlNone(vendor)}</Text>}
      <Group gap="sm" align="flex-end">
        {able.includes('hang_up') && (
          <ActionButton
            label={texts.hangUp}
            color="red"
            confirm={texts.hangUpAsk}
            act={() => ask('callControl.hangUp', { path, tenant })}
            done={texts.asked}
            stale={stale}
          />
        )}
        {able.includes('record') && (
          <>
            <ActionButton
              label={texts.recordOn}
              variant="default"
              act={() => ask('callControl.record', { path, body: { state: 'on' }, tenant })}
              done={texts.asked}
            />
            <ActionButton
              label={texts.recordOff}
              variant="default"
              act={() => ask('callControl.record', { path, body: { state: 'off' }, tenant })}
              done={texts.asked}
            />
          </>
        )}
        {able.includes('transfer') && <Transfer callId={call.id} tenant={tenant} />}
      </Group>
    </Paper>
  );
}

const KINDS = ['extension', 'number', 'queue'] as const;

function Transfer({ callId, tenant }: { callId: string; tenant: string }): ReactNode {
  const texts = useOwnTexts(own);
  const [isOpen, open] = useState(false);
  const [to, setTo] = useState<TransferDto>({ kind: 'extension', value: '' });
  if (!isOpen) {
    return (
      <Button
        size="xs"
        variant="default"
        onClick={() => {
          open(true);
        }}
      >
        {texts.transfer}
      </Button>
    );
  }
  return (
    <Group gap="xs" align="flex-end">
      <NativeSelect
        size="xs"
        label={texts.transferTo}
        data={KINDS.map((value) => ({ value, label: texts.transferKinds[value] }))}
        value={to.kind}
        onChange={({ currentTarget }) => {
          setTo({ ...to, kind: KINDS.find((one) => one === currentTarget.value) ?? 'extension' });
        }}
      />
      <TextInput
        size="xs"
        label={texts.transferKinds[to.kind]}
        dir="ltr"
        value={to.value}
        onChange={({ currentTarget }) => {
          setTo({ ...to, value: currentTarget.value });
        }}
      />
      <ActionButton
        label={texts.transfer}
        disabled={to.value.trim() === ''}
        act={() => ask('callControl.transfer', { path: { id: callId }, body: to, tenant })}
        done={texts.transferred}
        stale={[['calls', tenant]]}
      />
    </Group>
  );
}
