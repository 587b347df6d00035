import fc from 'fast-check';
import { reflex } from './reflex.js';

const start = (...args: string[]) =>
  JSON.stringify({ type: 'StasisStart', args, channel: { id: 'order 1', name: 'PJSIP/101-1' } });

describe('what an Asterisk is asked after what it tells', () => {
  it('is to play an announcement to whoever answered, and nothing else', () => {
    expect(reflex(start('announce', 'sound:welcome', 'digits:1', 'uri:http://x', 'sound:a b'))).toEqual([
      {
        method: 'POST',
        path: 'channels/order%201/play',
        query: { media: 'sound:welcome,digits:1', playbackId: 'switchhook-end-order 1' },
      },
    ]);
  });

  it('is to hang up when it was played, or where nothing is to be played', () => {
    const ends = [{ method: 'DELETE', path: 'channels/order%201' }];
    const finished = { type: 'PlaybackFinished', playback: { id: 'switchhook-end-order 1', state: 'done' } };
    expect(reflex(JSON.stringify(finished))).toEqual(ends);
    expect(reflex(start('announce'))).toEqual(ends);
  });

  it('is to bridge whoever answered with those who are in the room', () => {
    const path = 'bridges/switchhook-room-8001';
    expect(reflex(start('room', '8001'))).toEqual([
      { method: 'POST', path, query: { type: 'mixing', name: 'switchhook-room-8001' } },
      { method: 'POST', path: `${path}/addChannel`, query: { channel: 'order 1' } },
    ]);
    expect(reflex(start('room', '../x'))).toEqual([{ method: 'DELETE', path: 'channels/order%201' }]);
  });

  it('is to close a room when the last one has left it', () => {
    const left = (id: string, channels: string[]) =>
      JSON.stringify({ type: 'ChannelLeftBridge', bridge: { id, channels }, channel: { id: 'a' } });
    expect(reflex(left('switchhook-room-8001', ['b']))).toEqual([]);
    expect(reflex(left('switchhook-room-8001', []))).toEqual([
      { method: 'DELETE', path: 'bridges/switchhook-room-8001' },
    ]);
    expect(reflex(left('not-switchhook-room-8001', []))).toEqual([]);
  });

  it('is nothing for channels and playbacks of others', () => {
    expect(reflex(start('record'))).toEqual([]);
    expect(reflex(start())).toEqual([]);
    expect(reflex(JSON.stringify({ type: 'PlaybackFinished', playback: { id: 'other' } }))).toEqual([]);
    expect(reflex(JSON.stringify({ type: 'ChannelCreated', name: 'switchhook-end-1' }))).toEqual([]);
  });

  it('is a list, whatever it says', () => {
    const junk = fc.oneof(
      fc.string().map((text) => `"StasisStart"${text}`),
      fc.jsonValue().map((args) => JSON.stringify({ type: 'StasisStart', args, channel: args })),
      fc
        .jsonValue()
        .map((playback) => JSON.stringify({ type: 'PlaybackFinished', playback, a: 'switchhook-end-' })),
    );
    fc.assert(
      fc.property(junk, (message) => {
        expect(Array.isArray(reflex(message))).toBe(true);
      }),
    );
  });
});
