import { useEffect, useRef } from 'react';
import type { PhoneCall } from '../web-phone/phone-state';
import type { Card } from './cards';
import { useDevices } from './use-devices';
import { whatRings } from './what-rings';
import { whoText } from './who-text';

const RING_EVERY_MS = 3_000;
/** Both tones of a ring, in Hz, and how long it sounds. */
const TONES = [440, 480] as const;
const RING_SECONDS = 0.9;
const LOUD = 0.06;

/**
 * Rings, and shows a notice of the system's where the page is not seen, while a call rings.
 *
 * Of several tabs one rings. Browsers allow a sound to pages that somebody has touched.
 *
 * @param atPhone  calls of the phone in the page: one that was answered there rings no more, whatever the server has heard yet
 * @param quiet  neither a sound nor a notice
 */
export function useRinging(cards: readonly Card[], atPhone: readonly PhoneCall[], quiet: boolean): void {
  const [{ ringer }] = useDevices();
  const audio = useTouchedAudio(ringer);
  const { ringing, bare } = whatRings(cards, atPhone);
  const noticed = useRef(new Set<string>());
  const calls = [...ringing.map(({ call }) => call), ...bare.map(({ callId }) => callId)].join(' ');
  useEffect(() => {
    if (quiet || calls === '') return undefined;
    for (const card of ringing) notice(card, noticed.current);
    const stop = new AbortController();
    void ringInOneTab(calls, () => audio.current, stop.signal);
    return () => {
      stop.abort();
    };
    // Of the cards only which they are counts.
  }, [calls, quiet, audio]);
}

/** @param device  where it sounds; null for the usual one */
function useTouchedAudio(device: string | null): { current: AudioContext | undefined } {
  const audio = useRef<AudioContext>(undefined);
  const latest = useRef(device);
  useEffect(() => {
    latest.current = device;
    if (audio.current !== undefined) soundAt(audio.current, device);
  }, [device]);
  useEffect(() => {
    const touch = (): void => {
      if (audio.current !== undefined) return;
      audio.current = new AudioContext();
      soundAt(audio.current, latest.current);
    };
    addEventListener('pointerdown', touch, { once: true });
    addEventListener('keydown', touch, { once: true });
    return () => {
      removeEventListener('pointerdown', touch);
      removeEventListener('keydown', touch);
      void audio.current?.close();
      audio.current = undefined;
    };
  }, []);
  return audio;
}

/** Not every browser can, and what is unplugged is the usual one. */
function soundAt(
  audio: AudioContext & { sinkId?: unknown; setSinkId?: (id: string) => Promise<void> },
  device: string | null,
): void {
  const wanted = device ?? '';
  if (audio.sinkId !== wanted) audio.setSinkId?.(wanted).catch(() => undefined);
}

async function ringInOneTab(
  calls: string,
  audio: () => AudioContext | undefined,
  signal: AbortSignal,
): Promise<void> {
  const ring = (): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      play(audio());
      const again = setInterval(() => {
        play(audio());
      }, RING_EVERY_MS);
      signal.addEventListener('abort', () => {
        clearInterval(again);
        resolve();
      });
    });
  await navigator.locks.request(`switchhook.ring ${calls}`, { signal }, ring).catch(() => undefined);
}

function play(audio: AudioContext | undefined): void {
  if (audio?.state !== 'running') return;
  const gain = audio.createGain();
  gain.gain.value = LOUD;
  gain.connect(audio.destination);
  for (const tone of TONES) {
    const oscillator = audio.createOscillator();
    oscillator.frequency.value = tone;
    oscillator.connect(gain);
    oscillator.start();
    oscillator.stop(audio.currentTime + RING_SECONDS);
  }
}

function notice(card: Card, noticed: Set<string>): void {
  if (noticed.has(card.call) || typeof Notification === 'undefined') return;
  if (Notification.permission !== 'granted' || document.visibilityState === 'visible') return;
  noticed.add(card.call);
  const shown = new Notification(whoText(card), { body: card.e164 ?? card.number, tag: card.call });
  shown.addEventListener('click', () => {
    window.focus();
    shown.close();
  });
}
