import { useLocalStorage } from '@mantine/hooks';

/** Which devices somebody chose, in this browser; null for the usual ones. */
export interface ChosenDevices {
  microphone: string | null;
  speaker: string | null;
  /** Where it rings: a call is heard in the headset, and its ringing by whoever has taken that off. */
  ringer: string | null;
}

const USUAL: ChosenDevices = { microphone: null, speaker: null, ringer: null };

export function useDevices(): [ChosenDevices, (devices: ChosenDevices) => void] {
  const [devices, choose] = useLocalStorage<ChosenDevices>({
    key: 'switchhook.devices',
    defaultValue: USUAL,
    getInitialValueInEffect: false,
  });
  return [devices, choose];
}
