import { EventEmitter } from 'node:events';
import type { WebSocket } from 'ws';
import { instant } from '#domain';
import { PbxSocket, type PbxSocketParts } from './pbx-socket.js';
import type { SocketOf } from './socket-keeper.js';

/** A socket whose peer says nothing any more, by a clock of our own. */
function openSilent() {
  let now = 1_700_000_000_000;
  let terminated = 0;
  const ws = Object.assign(new EventEmitter(), {
    ...{ OPEN: 1, readyState: 1, ping: () => undefined, terminate: () => (terminated += 1) },
  });
  const opened = { clockAheadMs: null, parts: [], aliveAt: instant(now) };
  const our = { clock: { now: () => instant(now) } };
  const socket = new PbxSocket(
    ws as unknown as WebSocket,
    { opened, token: 't' } as unknown as SocketOf,
    our as unknown as PbxSocketParts,
  );
  return {
    ws,
    /** @returns whether the peer is given up by then */
    tickAfter: (ms: number) => {
      now += ms;
      socket.tick();
      return terminated > 0;
    },
  };
}
const seconds = (count: number) => Array.from({ length: count }, () => 1_000);

describe('a peer that nothing is heard of', () => {
  it('is given up after a quarter of a minute', () => {
    const { tickAfter } = openSilent();
    expect(seconds(15).some(tickAfter)).toBe(false);
    expect(tickAfter(1_000)).toBe(true);
  });

  it('is not while it answers pings', () => {
    const { ws, tickAfter } = openSilent();
    for (let turn = 0; turn < 4; turn += 1) {
      expect(seconds(10).some(tickAfter)).toBe(false);
      ws.emit('pong');
    }
  });

  it('is heard first where it was us who stood still', () => {
    const { tickAfter } = openSilent();
    expect(tickAfter(60_000)).toBe(false);
    expect(seconds(15).some(tickAfter)).toBe(false);
    expect(tickAfter(1_000)).toBe(true);
  });
});
