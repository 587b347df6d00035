/** A microphone, or something to hear with. */
export interface PhoneDevice {
  id: string;
  kind: 'microphone' | 'speaker';
  label: string;
}

/** Where the phone speaks and hears. Behind it is the browser, in tests a script. */
export interface PhoneMedia {
  /** @param device  the usual one where it is null @throws where the browser or its user gives none */
  microphone(device: string | null): Promise<MediaStream>;
  /** Plays what somebody says. @returns what stops it */
  play(audio: MediaStream, device: string | null): PlayedAudio;
  devices(): Promise<PhoneDevice[]>;
}

export interface PlayedAudio {
  /** Settles with whether it is heard: not before somebody has touched the page. */
  begun: Promise<boolean>;
  moveTo(device: string | null): void;
  stop(): void;
}

const KINDS = { audioinput: 'microphone', audiooutput: 'speaker' } as const;

export const browserMedia: PhoneMedia = {
  async microphone(device) {
    // Undefined outside of pages by https, whatever its type says.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    if (devices === undefined) throw new Error('Only pages by https are given a microphone.');
    const audio = device === null ? true : { deviceId: { ideal: device } };
    return devices.getUserMedia({ audio, video: false });
  },
  play(stream, device) {
    const element = new Audio();
    element.srcObject = stream;
    const stop = new AbortController();
    const moveTo = (to: string | null): void => {
      // Not in every browser, and never for what is unplugged: then it plays where it did.
      if ('setSinkId' in element) element.setSinkId(to ?? '').catch(() => undefined);
    };
    if (device !== null) moveTo(device);
    return {
      begun: playWhenAllowed(element, stop.signal),
      moveTo,
      stop: () => {
        stop.abort();
        element.pause();
        element.srcObject = null;
      },
    };
  },
  async devices() {
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    const all = (await devices?.enumerateDevices()) ?? [];
    return all.flatMap(({ deviceId: id, kind, label }) =>
      kind === 'videoinput' || id === '' ? [] : [{ id, kind: KINDS[kind], label }],
    );
  },
};

/** Browsers play nothing before somebody has touched the page: then it begins with the touch. */
async function playWhenAllowed(element: HTMLAudioElement, signal: AbortSignal): Promise<boolean> {
  try {
    await element.play();
    return true;
  } catch {
    for (const touch of ['pointerdown', 'keydown'])
      addEventListener(touch, () => void element.play().catch(() => undefined), { once: true, signal });
    return false;
  }
}
