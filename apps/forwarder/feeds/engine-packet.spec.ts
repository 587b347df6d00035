import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { engineUrl, readEnginePacket, writeEvent } from './engine-packet.js';

describe('a packet of Socket.IO', () => {
  it.each<[string, object]>([
    [
      '0{"sid":"a","upgrades":[],"pingInterval":25000,"pingTimeout":5000}',
      { kind: 'opened', pingMs: 25_000, deadMs: 30_000 },
    ],
    ['0{"pingInterval":1,"pingTimeout":1e99}', { kind: 'opened', pingMs: 1_000, deadMs: 301_000 }],
    ['0', { kind: 'opened', pingMs: 25_000, deadMs: 85_000 }],
    ['2', { kind: 'ping', answer: '3' }],
    ['2probe', { kind: 'ping', answer: '3probe' }],
    ['3', { kind: 'nothing' }],
    ['1', { kind: 'closed' }],
    ['40', { kind: 'connected' }],
    ['40{"sid":"b"}', { kind: 'connected' }],
    ['40/other', { kind: 'nothing' }],
    ['41', { kind: 'closed' }],
    ['44{"message":"no"}', { kind: 'refused' }],
    ['42["ExtensionEvent",{"a":1}]', { kind: 'event', name: 'ExtensionEvent', data: { a: 1 } }],
    ['4217["x"]', { kind: 'event', name: 'x', data: undefined }],
    ['42/ns,["x"]', { kind: 'nothing' }],
    ['42[7]', { kind: 'nothing' }],
    ['42["x"', { kind: 'nothing' }],
    ['451-["x",{"_placeholder":true}]', { kind: 'nothing' }],
    ['6', { kind: 'nothing' }],
    ['', { kind: 'nothing' }],
  ])('%s', (text, packet) => {
    expect(readEnginePacket(text)).toEqual(packet);
  });

  it('never throws, and an event is read as it was written', () => {
    fc.assert(fc.property(fc.string(), (text) => void readEnginePacket(text)));
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (name, data) => {
        const told = JSON.parse(JSON.stringify(data)) as unknown;
        expect(readEnginePacket(writeEvent(name, data))).toEqual({ kind: 'event', name, data: told });
      }),
    );
  });

  it('is asked for at a URL that has the token encoded', () => {
    expect(engineUrl('https://pbx.test', { token: 'a&b=c' }, 3)).toBe(
      'https://pbx.test/socket.io/?EIO=3&transport=websocket&token=a%26b%3Dc',
    );
  });
});
