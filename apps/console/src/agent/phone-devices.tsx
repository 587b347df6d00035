import { NativeSelect, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, type ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { browserMedia, type PhoneDevice, type PhoneMedia } from '../web-phone/phone-media';
import { phoneTexts } from './phone-texts';
import { useDevices } from './use-devices';

interface PhoneDevicesProps {
  /** Told what is chosen, at first and later. */
  use: (devices: { microphone: string | null; speaker: string | null }) => void;
  media?: Pick<PhoneMedia, 'devices'>;
}

const KINDS = { microphone: 'microphone', speaker: 'speaker', ringer: 'speaker' } as const;

/** Into what one speaks, with what one hears, and where it rings. */
export function PhoneDevices({ use, media = browserMedia }: PhoneDevicesProps): ReactNode {
  const texts = useOwnTexts(phoneTexts);
  const [chosen, choose] = useDevices();
  const { microphone, speaker } = chosen;
  const { data = [], refetch } = useQuery({ queryKey: ['phone-devices'], queryFn: () => media.devices() });
  useEffect(() => {
    use({ microphone, speaker });
    // Who is told is the same phone, whatever function tells it.
  }, [microphone, speaker]);
  return (
    <details onToggle={() => void refetch()}>
      <summary>{texts.devices}</summary>
      <Stack gap="xs" mt="xs">
        {(['microphone', 'speaker', 'ringer'] as const).map((name) => (
          <NativeSelect
            key={name}
            size="xs"
            label={texts[name]}
            data={[{ value: '', label: texts.usual }, ...optionsOf(data, KINDS[name])]}
            value={chosen[name] ?? ''}
            onChange={({ currentTarget: { value } }) => {
              choose({ ...chosen, [name]: value === '' ? null : value });
            }}
          />
        ))}
        {data.every(({ label }) => label === '') && (
          <Text size="xs" c="dimmed">
            {texts.noNames}
          </Text>
        )}
      </Stack>
    </details>
  );
}

function optionsOf(devices: readonly PhoneDevice[], wanted: PhoneDevice['kind']) {
  return devices
    .filter(({ kind, label }) => kind === wanted && label !== '')
    .map(({ id, label }) => ({ value: id, label }));
}
