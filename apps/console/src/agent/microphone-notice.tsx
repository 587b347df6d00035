import { Button, Text } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { useOwnTexts } from '../texts/language';
import { browserMedia } from '../web-phone/phone-media';
import { phoneTexts } from './phone-texts';

/** Asks for the microphone before somebody calls: then the browser's question would cost the call. */
export function MicrophoneNotice(): ReactNode {
  const texts = useOwnTexts(phoneTexts);
  const [standing, setStanding] = useState<PermissionState>('granted');
  useEffect(() => {
    const stop = new AbortController();
    void askStanding(setStanding, stop.signal);
    return () => {
      stop.abort();
    };
  }, []);
  if (standing === 'granted') return null;
  if (standing === 'denied')
    return (
      <Text size="sm" className="tone-bad">
        {texts.noMicrophone}
      </Text>
    );
  return (
    <Button
      size="xs"
      variant="default"
      onClick={() => {
        void allow().then(setStanding);
      }}
    >
      {texts.allowMicrophone}
    </Button>
  );
}

/** Browsers that do not tell ask with the first call. */
async function askStanding(told: (standing: PermissionState) => void, signal: AbortSignal): Promise<void> {
  try {
    const status = await navigator.permissions.query({ name: 'microphone' });
    if (signal.aborted) return;
    told(status.state);
    status.addEventListener('change', () => told(status.state), { signal });
  } catch {
    told('granted');
  }
}

async function allow(): Promise<PermissionState> {
  try {
    const microphone = await browserMedia.microphone(null);
    for (const track of microphone.getTracks()) track.stop();
    return 'granted';
  } catch {
    return 'denied';
  }
}
