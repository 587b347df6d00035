import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { GivenSettings } from './phone-settings';
import { ScriptedLine, ScriptedMedia } from './scripted-line.fixture';
import { VoicenterWebPhone } from './voicenter-web-phone';

const HOUR = 3_600_000;
const MINUTE = 60_000;
const OWN = { user: '101', password: 'word', wsUrl: 'wss://pbx.example/ws', domain: 'pbx.example' };
const relays = (username: string) => [{ urls: ['turn:turn.example'], username, credential: 'c' }];

let now: number;
let lines: ScriptedLine[];
let own: GivenSettings | undefined;
let asked: number;
let phone: VoicenterWebPhone;

beforeEach(() => {
  vi.useFakeTimers();
  // Each tab for itself: a lock of the engine's own is given by a clock that the test does not have.
  Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true });
  [now, lines, asked, own] = [0, [], 0, { ...OWN, iceServers: relays('first') }];
  phone = new VoicenterWebPhone({
    openLine: (settings, ears) => {
      const line = new ScriptedLine(settings, ears);
      lines.push(line);
      return line;
    },
    media: new ScriptedMedia(),
    now: () => now,
    ownSettings: async () => {
      asked += 1;
      return own;
    },
    tagSettings: {},
  });
});
afterEach(() => {
  phone.destroy();
  Reflect.deleteProperty(navigator, 'locks');
  vi.useRealTimers();
});

/** Time by the clock passes; timers have it as far as the computer was awake. */
async function pass(ms: number, awakeMs = ms): Promise<void> {
  now += ms;
  await vi.advanceTimersByTimeAsync(awakeMs);
}
const nameOf = (line: ScriptedLine | undefined) => line?.settings.iceServers[0]?.username;

test('a page that is open for long calls by relays that still take it, also after its computer slept', async () => {
  await phone.initiate();
  own = { ...OWN, iceServers: relays('second') };
  await pass(3 * HOUR);
  expect([nameOf(lines[0]), asked]).toEqual(['first', 1]);
  await pass(HOUR);
  expect([nameOf(lines[0]), lines.length]).toEqual(['second', 1]);
  own = { ...OWN, iceServers: relays('third') };
  await pass(9 * HOUR, MINUTE);
  expect([nameOf(lines[0]), asked]).toEqual(['third', 3]);
});

test('a server that is away is asked again soon', async () => {
  await phone.initiate();
  own = undefined;
  await pass(4 * HOUR);
  expect(nameOf(lines[0])).toBe('first');
  own = { ...OWN, iceServers: relays('second') };
  await pass(5 * MINUTE);
  expect(nameOf(lines[0])).toBe('second');
});

test('a tab that gets the line later begins with the newest', async () => {
  let give: () => unknown = () => undefined;
  const request = (_name: string, _options: LockOptions, have: () => Promise<void>): Promise<void> => {
    give = have;
    return new Promise(() => undefined);
  };
  Object.defineProperty(navigator, 'locks', { value: { request }, configurable: true });
  await phone.initiate();
  own = { ...OWN, iceServers: relays('second') };
  await pass(4 * HOUR);
  void give();
  expect(nameOf(lines[0])).toBe('second');
});

test('nobody is asked for what the page gave itself, or for a phone that was destroyed', async () => {
  await phone.initiate({ iceServers: relays('given') });
  await pass(8 * HOUR);
  await phone.initiate();
  phone.destroy();
  await pass(8 * HOUR);
  expect([nameOf(lines[0]), asked]).toEqual(['given', 2]);
});
