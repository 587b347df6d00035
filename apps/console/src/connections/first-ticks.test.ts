import { describe, expect, it } from 'vitest';
import { firstTicks, isConnected, isLongWait, ticksOf, type FirstNews } from './first-ticks';

const UNKNOWN = { standing: 'unknown', samples: 0, lagSeconds: null } as const;
const RIGHT = { standing: 'right', samples: 1, lagSeconds: 2 } as const;
const news = (said: Partial<FirstNews> & { clock?: FirstNews['health']['clock'] } = {}): FirstNews => ({
  health: { refused: [], clock: said.clock ?? UNKNOWN, socket: null },
  receipt: undefined,
  hasCall: false,
  ...said,
});

describe('the ticks of a first webhook', () => {
  it('wait for everything while nothing came', () => {
    expect(Object.values(firstTicks(news()))).toEqual(Array(5).fill('waiting'));
  });

  it('say that something came and was refused', () => {
    const refused = [{ reason: 'method', count: 1, lastAt: '', sample: '' }] as const;
    expect(firstTicks(news({ health: { refused, clock: UNKNOWN, socket: null } })).arrived).toBe('bad');
  });

  it('tell what cannot be read from what cannot be worked on', () => {
    expect(firstTicks(news({ receipt: { state: 'unparsed' } }))).toMatchObject({
      arrived: 'good',
      readable: 'bad',
      understood: 'waiting',
    });
    expect(firstTicks(news({ receipt: { state: 'set_aside' } }))).toMatchObject({
      readable: 'good',
      understood: 'bad',
    });
  });

  it('are all good with a call and a clock that is right', () => {
    const ticks = firstTicks(news({ receipt: { state: 'done' }, hasCall: true, clock: RIGHT }));
    expect(ticksOf({ socket: null }).map((tick) => ticks[tick])).toEqual(Array(4).fill('good'));
    expect(isConnected(ticks)).toBe(true);
  });

  it('do not wait for the clock of a PBX that tells no times, but for one that is wrong', () => {
    const told = { receipt: { state: 'done' }, hasCall: true } as const;
    expect(isConnected(firstTicks(news(told)))).toBe(true);
    const doubtful = { standing: 'doubtful', samples: 1, lagSeconds: 7200 } as const;
    expect(isConnected(firstTicks(news({ ...told, clock: doubtful })))).toBe(false);
  });

  it('take two minutes for long', () => {
    expect(isLongWait(0, 119_999)).toBe(false);
    expect(isLongWait(0, 120_000)).toBe(true);
  });

  it('begin with the PBX dialling us, where it does', () => {
    const socket = {
      state: 'never',
      since: null,
      sourceIp: null,
      remoteVersion: null,
      clockAheadMs: null,
      reason: null,
      lines: [],
    } as const;
    const health = { refused: [], clock: UNKNOWN };
    expect(ticksOf({ socket: null })).not.toContain('dialled');
    expect(ticksOf({ socket })[0]).toBe('dialled');
    expect(firstTicks(news({ health: { ...health, socket } })).dialled).toBe('waiting');
    expect(firstTicks(news({ health: { ...health, socket: { ...socket, state: 'up' } } })).dialled).toBe(
      'good',
    );
    expect(firstTicks(news({ health: { ...health, socket: { ...socket, state: 'down' } } })).dialled).toBe(
      'bad',
    );
  });
});
