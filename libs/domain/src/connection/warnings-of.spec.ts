import { instant } from '../ids.js';
import type { EpochReading } from '../time/wall-clock.js';
import { clockReading } from './connection-health.js';
import { warningsOf, type ConnectionCondition } from './warnings-of.js';

const HOUR = 3_600;
const NOW = instant(Date.UTC(2026, 10, 21, 12));
const LOCAL: EpochReading = { epochs: 'local', timeZone: 'Asia/Jerusalem' };
const UTC: EpochReading = { epochs: 'utc', timeZone: 'Asia/Jerusalem' };
const DAY_MS = 24 * HOUR * 1_000;

const well: ConnectionCondition = {
  enabled: true,
  setting: LOCAL,
  lastWebhookAt: NOW,
  unparsed: 0,
  setAside: 0,
  refused: [],
  socket: null,
};
const warnings = (said: Partial<ConnectionCondition> = {}, learnt = {}) =>
  warningsOf(
    { clock: { reading: '', lags: [] }, unknownWords: [], unreadableFields: [], ...learnt },
    { ...well, ...said },
    NOW,
  );
/** What is said of a clock whose CDRs came so many seconds after the end of their calls. */
const advice = (setting: EpochReading, ...lags: number[]) =>
  warnings({ setting }, { clock: { reading: clockReading(setting), lags } }).map(({ message }) => message);
const about = (lag: number) => [lag, lag + 2, lag + 1, lag + 9, lag + 70];

describe('the self-check of the clock', () => {
  it('finds nothing wrong where CDRs come seconds after the end', () => {
    expect(advice(LOCAL, 1, 2, 2, 3, 40)).toEqual([]);
    expect(advice(LOCAL, 120, 130, 150, 90, 140)).toEqual([]);
  });

  it('knows a PBX that tells UTC where local time is expected', () => {
    expect(advice(LOCAL, ...about(2 * HOUR))).toEqual([
      'Calls seem to have ended 2 hours before their CDRs come. The PBX seems to tell UTC: set `epochs` to `utc`.',
    ]);
  });

  it('knows a PBX that tells local time where UTC is expected', () => {
    expect(advice(UTC, ...about(-2 * HOUR))).toEqual([
      'Calls seem to end 2 hours after their CDRs come. The PBX seems to tell the local time of Asia/Jerusalem: set `epochs` to `local`.',
    ]);
  });

  it('knows a PBX in another zone', () => {
    expect(advice(LOCAL, ...about(-HOUR))[0]).toContain('UTC+03:00: set `timeZone`');
    expect(advice(LOCAL, ...about(7 * HOUR))[0]).toContain('UTC-05:00: set `timeZone`');
    expect(advice(UTC, ...about(-5.5 * HOUR))[0]).toContain(
      "5.5 hours after their CDRs come. The PBX's clock seems to show UTC+05:30: set `epochs` to `local` and set `timeZone`",
    );
  });

  it('goes by daylight saving time as it is now', () => {
    const summer = instant(Date.UTC(2026, 6, 1));
    const clock = { reading: clockReading(UTC), lags: about(-3 * HOUR) };
    const [warning] = warningsOf(
      { clock, unknownWords: [], unreadableFields: [] },
      { ...well, setting: UTC, lastWebhookAt: summer },
      summer,
    );
    expect(warning?.message).toContain('local time of Asia/Jerusalem');
  });

  it('is not deceived by a few late CDRs, nor by a PBX that is merely slow', () => {
    expect(advice(LOCAL, 3, 2 * HOUR, 2, 2 * HOUR, 4)).toEqual([]);
    expect(advice(LOCAL, ...about(15 * 60))).toEqual([]);
    expect(advice(LOCAL, ...about(30 * HOUR))).toEqual([]);
  });

  it('says nothing after four CDRs, nor of a setting that has been changed since', () => {
    expect(advice(LOCAL, 7200, 7200, 7200, 7200)).toEqual([]);
    const clock = { reading: clockReading(LOCAL), lags: about(7200) };
    expect(warnings({ setting: UTC }, { clock })).toEqual([]);
  });
});

describe('warningsOf', () => {
  const codes = (...given: Parameters<typeof warnings>) => warnings(...given).map(({ code }) => code);

  it('says nothing where all is well', () => {
    expect(warnings()).toEqual([]);
  });

  it('says when nothing comes: not yet, or not any more', () => {
    expect(codes({ lastWebhookAt: null })).toEqual(['webhooks.none']);
    expect(codes({ lastWebhookAt: instant(NOW - 2 * DAY_MS) })).toEqual([]);
    expect(warnings({ lastWebhookAt: instant(NOW - 4 * DAY_MS) })[0]?.message).toContain('for 4 days');
  });

  describe('of a PBX that opens a WebSocket', () => {
    const up = { state: 'up', since: instant(NOW - DAY_MS), reason: null } as const;
    const downFor = (ms: number, reason: string | null = 'The PBX closed it (1001).') =>
      ({ state: 'down', since: instant(NOW - ms), reason }) as const;
    const never = { state: 'never', since: null, reason: null } as const;

    it('are none while it is open, also where nobody has called yet', () => {
      expect(codes({ socket: up })).toEqual([]);
      expect(codes({ socket: up, lastWebhookAt: null })).toEqual([]);
    });

    it('say that it was never opened, whatever else came', () => {
      expect(codes({ socket: never, lastWebhookAt: null })).toEqual(['socket.never']);
      expect(codes({ socket: never })).toEqual(['socket.never']);
      const refused = [{ reason: 'not_upgraded', count: 2, lastAt: NOW, sample: '' }] as const;
      expect(codes({ socket: never, lastWebhookAt: null, refused })).toEqual([
        'socket.never',
        'webhooks.refused',
      ]);
    });

    it('say that it is closed, since when and why, but not of a reconnect', () => {
      expect(codes({ socket: downFor(29_000) })).toEqual([]);
      expect(warnings({ socket: downFor(30_000) })).toEqual([
        {
          code: 'socket.down',
          message:
            'The WebSocket of the PBX has been closed since 2026-11-21T11:59:30.000Z. The PBX closed it (1001). Look whether the PBX runs and reaches this address with the URL of the guide.',
          params: { since: '2026-11-21T11:59:30.000Z', reason: 'The PBX closed it (1001).' },
        },
      ]);
      expect(warnings({ socket: downFor(30_000, null) })[0]).toMatchObject({
        message: expect.stringContaining('30.000Z. Look whether') as string,
        params: { since: '2026-11-21T11:59:30.000Z' },
      });
    });

    it('name no second thing where one is the cause of the other', () => {
      expect(codes({ socket: downFor(DAY_MS), enabled: false })).toEqual(['connection.disabled']);
      const long = { socket: downFor(5 * DAY_MS), lastWebhookAt: instant(NOW - 5 * DAY_MS) };
      expect(codes(long)).toEqual(['socket.down']);
    });

    it('call nothing a webhook', () => {
      const refused = [{ reason: 'disabled', count: 2, lastAt: NOW, sample: '' }] as const;
      const all = [
        ...warnings({ socket: up, enabled: false, refused, unparsed: 1, setAside: 2 }),
        ...warnings({ socket: up, lastWebhookAt: instant(NOW - 4 * DAY_MS) }),
      ];
      expect(all.map(({ code }) => code)).toHaveLength(5);
      for (const { message, params } of all) {
        expect(message).not.toMatch(/webhook/i);
        expect(params).toMatchObject({ kind: 'socket' });
      }
    });
  });

  it('says what waits for somebody', () => {
    const [unparsed, setAside] = warnings({ unparsed: 2, setAside: 1 });
    expect(unparsed).toMatchObject({
      code: 'receipts.unparsed',
      message: expect.stringMatching(/^2 webhooks/) as string,
    });
    expect(setAside).toMatchObject({
      code: 'receipts.set_aside',
      message: expect.stringMatching(/^1 webhook /) as string,
    });
  });

  it('says when the connection is switched off', () => {
    expect(codes({ enabled: false })).toEqual(['connection.disabled']);
  });

  it('names words that nobody knows, unless they were not seen for long', () => {
    const word = (text: string, lastSeenAt = NOW) => ({
      kind: 'status' as const,
      word: text,
      count: 1,
      lastSeenAt,
    });
    const seen = ['A', 'B', 'C', 'D', 'E', 'F'].map((text) => word(text));
    expect(warnings({}, { unknownWords: seen })[0]?.message).toContain('status "E" and 1 more.');
    expect(warnings({}, { unknownWords: [word('OLD', instant(NOW - 8 * DAY_MS))] })).toEqual([]);
  });

  it('names fields that hold what cannot be read, and says what to do', () => {
    const field = (name: string, lastSeenAt = NOW) => ({ name, count: 1, lastSeenAt });
    expect(warnings({}, { unreadableFields: [field('dialtime'), field('price')] })).toEqual([
      {
        code: 'fields.unreadable',
        message:
          'The PBX fills fields with what cannot be read: `dialtime`, `price`. Such calls are kept without these values; `raw` of a call shows what came. Look at what the PBX is set to send there.',
        params: { fields: ['dialtime', 'price'] },
      },
    ]);
    expect(warnings({}, { unreadableFields: [field('old', instant(NOW - 8 * DAY_MS))] })).toEqual([]);
  });
});
