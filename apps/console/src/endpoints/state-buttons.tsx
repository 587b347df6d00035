import { Radio, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { ask } from '../api/ask';
import { ActionButton } from '../page/action-button';
import { useOwnTexts } from '../texts/language';
import { own } from './texts';
import { useOwed } from './use-owed';

interface Props {
  endpoint: { id: string; name: string };
  tenant: string;
}

export function PauseButton(props: Props): ReactNode {
  const { do: texts } = useOwnTexts(own);
  return <StopButton {...props} name="endpoints.pause" label={texts.pause} about={texts.pauseAbout} />;
}

export function DisableButton(props: Props): ReactNode {
  const { do: texts } = useOwnTexts(own);
  return <StopButton {...props} name="endpoints.disable" label={texts.disable} about={texts.disableAbout} />;
}

interface StopProps extends Props {
  name: 'endpoints.pause' | 'endpoints.disable';
  label: string;
  about: string;
}

function StopButton({ endpoint, tenant, name, label, about }: StopProps): ReactNode {
  const { do: texts } = useOwnTexts(own);
  const [reason, setReason] = useState('');
  return (
    <ActionButton
      label={label}
      variant="default"
      act={() => ask(name, { path: { id: endpoint.id }, body: reason === '' ? {} : { reason }, tenant })}
      stale={[['endpoints', tenant]]}
      confirm={
        <Stack gap="sm">
          <Text size="sm" fw={600}>
            <bdi>{endpoint.name}</bdi>
          </Text>
          <Text size="sm">{about}</Text>
          <TextInput
            label={texts.reason}
            value={reason}
            onChange={(event) => {
              setReason(event.currentTarget.value);
            }}
          />
        </Stack>
      }
    />
  );
}

const HELD = ['drain', 'skip', 'replay_from'] as const;
type Held = (typeof HELD)[number];

export function EnableButton({ endpoint, tenant }: Props): ReactNode {
  const { do: texts } = useOwnTexts(own);
  const [held, setHeld] = useState<Held>('drain');
  const [from, setFrom] = useState('');
  const since = held === 'replay_from' && from !== '' ? { from: new Date(from).toISOString() } : {};
  return (
    <ActionButton
      label={texts.enable}
      act={() => ask('endpoints.enable', { path: { id: endpoint.id }, body: { held, ...since }, tenant })}
      stale={[['endpoints', tenant]]}
      confirm={
        <Stack gap="sm">
          <Text size="sm" fw={600}>
            <bdi>{endpoint.name}</bdi>
          </Text>
          <Text size="sm">
            {texts.enableAbout} <HeldCount id={endpoint.id} tenant={tenant} />
          </Text>
          <Radio.Group
            label={texts.heldWhat}
            value={held}
            onChange={(chosen) => {
              setHeld(HELD.find((one) => one === chosen) ?? 'drain');
            }}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="drain" label={texts.drain} />
              <Radio value="skip" label={texts.skip} />
              <Radio value="replay_from" label={texts.replayFrom} />
            </Stack>
          </Radio.Group>
          {held === 'replay_from' && (
            <TextInput
              type="datetime-local"
              label={texts.since}
              value={from}
              onChange={(event) => {
                setFrom(event.currentTarget.value);
              }}
            />
          )}
        </Stack>
      }
    />
  );
}

/** Asked for when somebody is about to decide about them. */
function HeldCount({ id, tenant }: { id: string; tenant: string }): ReactNode {
  const { do: texts } = useOwnTexts(own);
  const owed = useOwed(id, tenant);
  return owed === undefined ? null : texts.heldAre(owed.held, texts.held(owed.held));
}
