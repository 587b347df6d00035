import { expect, test } from 'vitest';
import type { WebPhoneDto } from '../api/operations';
import { phonesBodyOf, phonesDraftOf } from './phones-draft';

test('what was shown is sent as it was, and the secret that nobody sees is left alone', () => {
  const settings = {
    ...{ wsUrl: 'wss://pbx.example', domain: 'pbx.example', idHeader: 'X-Id' },
    iceUrls: ['stun:a.example', 'turn:b.example'],
  };
  const known = { ...settings, hasTurnSecret: true } as unknown as WebPhoneDto;
  expect(phonesBodyOf(phonesDraftOf(known))).toEqual(settings);
  expect(phonesBodyOf({ ...phonesDraftOf(known), turnSecret: 'new' })).toEqual({
    ...settings,
    turnSecret: 'new',
  });
});

test('a new one has the usual header and no servers', () => {
  expect(phonesBodyOf({ ...phonesDraftOf(null), wsUrl: ' wss://pbx.example ', domain: 'd' })).toEqual({
    ...{ wsUrl: 'wss://pbx.example', domain: 'd', idHeader: 'X-IVR-UNIQUE-ID', iceUrls: [] },
  });
});
