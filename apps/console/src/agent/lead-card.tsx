import { Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import type { LeadDto } from '../api/operations';
import { ActionButton } from '../page/action-button';
import { Facts } from '../page/facts';
import { isolated } from '../texts/isolated';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';
import { useDialling } from './use-dial';

interface LeadCardProps {
  lead: LeadDto;
  dispositions: readonly string[];
  tenant: string;
  whenDone: () => void;
}

/** Whom to call: who they are, calling them, and what came of it. */
export function LeadCard({ lead, tenant, ...rest }: LeadCardProps): ReactNode {
  const texts = useOwnTexts(own);
  const { phone } = useDialling();
  const { id: leadId, number, name, customData, attempts, lastResult, note } = lead;
  return (
    <Stack gap="xs">
      <Text fw={600}>
        <bdi>{name ?? number}</bdi>{' '}
        <bdi className="number" dir="ltr">
          {number}
        </bdi>
      </Text>
      <Facts
        of={{
          [texts.tries]: String(attempts),
          [texts.lastResult]: lastResult === null ? undefined : <bdi>{lastResult}</bdi>,
          [texts.note]: note === null ? undefined : <bdi>{note}</bdi>,
          ...Object.fromEntries(
            Object.entries(customData).map(([key, value]) => [key, <bdi key={key}>{value}</bdi>]),
          ),
        }}
      />
      <ActionButton
        label={texts.dialLead}
        disabled={phone === undefined}
        act={() =>
          ask('ownLeads.dial', {
            path: { leadId },
            body: phone === undefined ? {} : { extension: phone.extension },
            tenant,
          })
        }
        done={texts.dialling(isolated(number))}
      />
      <CameOfIt lead={lead} tenant={tenant} {...rest} />
    </Stack>
  );
}

function CameOfIt({ lead: { id: leadId }, dispositions, tenant, whenDone }: LeadCardProps): ReactNode {
  const texts = useOwnTexts(own);
  const [disposition, setDisposition] = useState('');
  const [note, setNote] = useState('');
  const [again, setAgain] = useState('');
  return (
    <>
      <NativeSelect
        size="xs"
        label={texts.disposition}
        data={[
          { value: '', label: texts.none },
          ...dispositions.map((word) => ({ value: word, label: word })),
        ]}
        value={disposition}
        onChange={({ currentTarget }) => {
          setDisposition(currentTarget.value);
        }}
      />
      <Textarea
        size="xs"
        label={texts.note}
        autosize
        value={note}
        onChange={({ currentTarget }) => {
          setNote(currentTarget.value);
        }}
      />
      <ActionButton
        label={texts.dispose}
        disabled={disposition === '' && note === ''}
        act={() =>
          ask('ownLeads.dispose', {
            path: { leadId },
            body: { ...(disposition !== '' && { disposition }), ...(note !== '' && { note }) },
            tenant,
          })
        }
        whenDone={whenDone}
      />
      <Group gap="xs" align="flex-end">
        <TextInput
          size="xs"
          type="datetime-local"
          label={texts.skipUntil}
          value={again}
          onChange={({ currentTarget }) => {
            setAgain(currentTarget.value);
          }}
        />
        <ActionButton
          label={texts.skip}
          variant="default"
          act={() =>
            ask('ownLeads.skip', {
              path: { leadId },
              body: again === '' ? {} : { callAgainAt: new Date(again).toISOString() },
              tenant,
            })
          }
          whenDone={whenDone}
        />
      </Group>
    </>
  );
}
