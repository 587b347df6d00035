import { beforeEach, describe, expect, test } from 'vitest';
import { ScriptedLine, ScriptedMedia } from './scripted-line.fixture';
import type { GivenSettings } from './phone-settings';
import { VoicenterWebPhone } from './voicenter-web-phone';

const GIVEN = { user: '101', password: 'word', wsUrl: 'wss://pbx.example/ws', domain: 'pbx.example' };

let lines: ScriptedLine[];
let heard: string[];
/** Who waits for what the server knows. */
let asked: ((own: GivenSettings) => void)[];
/** Names of the locks that are held. */
let held: string[];
let phone: VoicenterWebPhone;

beforeEach(() => {
  [lines, heard, asked, held] = [[], [], [], []];
  const request = async (name: string, { signal }: LockOptions, have: () => Promise<void>): Promise<void> => {
    signal?.throwIfAborted();
    held.push(name);
    await have();
    held.splice(held.indexOf(name), 1);
  };
  Object.defineProperty(navigator, 'locks', { value: { request }, configurable: true });
  phone = new VoicenterWebPhone({
    openLine: (settings, ears) => {
      const line = new ScriptedLine(settings, ears);
      lines.push(line);
      return line;
    },
    media: new ScriptedMedia(),
    now: () => 1,
    ownSettings: () =>
      new Promise((resolve) => {
        asked.push(resolve);
      }),
    tagSettings: {},
  });
  for (const name of ['onRegister', 'onRegisterFailed', 'onDisconnect', 'onInitiateFailed', 'onRinging'])
    Object.assign(phone, { [name]: () => heard.push(name) });
});

const nth = (at: number): ScriptedLine => {
  const line = lines[at];
  if (line === undefined) throw new Error('There is no such line.');
  return line;
};

describe('a line that was stopped for another one', () => {
  test.each<[what: string, tell: (line: ScriptedLine) => void]>([
    ['disconnected', ({ ears }) => ears.disconnected()],
    ['unregistered', ({ ears }) => ears.unregistered()],
    ['registered', ({ ears }) => ears.registered()],
    ['refused', ({ ears }) => ears.refused(403)],
    ['unanswered', ({ ears }) => ears.refused(null)],
    ['rung', (line) => line.rings('their-id')],
  ])('changes nothing of that when it is %s after all', async (_, tell) => {
    await phone.initiate(GIVEN);
    nth(0).ears.connected();
    nth(0).ears.registered();
    await phone.initiate(GIVEN);
    nth(1).ears.connected();
    nth(1).ears.registered();
    const before = phone.state;
    heard = [];
    tell(nth(0));
    expect([phone.state, heard, nth(1).told]).toEqual([before, [], ['start']]);
  });
});

describe('initiate', () => {
  test('that was destroyed while it asked the server begins nothing', async () => {
    const beginning = phone.initiate();
    phone.destroy();
    asked[0]?.(GIVEN);
    await beginning;
    expect([lines, held, heard]).toEqual([[], [], []]);
  });

  test('twice has one line, of the later one, and destroy lets it go', async () => {
    const both = [phone.initiate(), phone.initiate({ user: '102' })];
    asked[1]?.(GIVEN);
    asked[0]?.(GIVEN);
    await Promise.all(both);
    expect(lines.map(({ settings }) => settings.user)).toEqual(['102']);
    expect(held).toHaveLength(1);
    phone.destroy();
    await Promise.resolve();
    expect([held, nth(0).told]).toEqual([[], ['start', 'stop']]);
  });
});
