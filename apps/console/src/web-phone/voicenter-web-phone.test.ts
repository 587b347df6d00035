import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CALL_STATES } from './call-state';
import type { PhoneSettings } from './phone-settings';
import { ScriptedLine, ScriptedMedia } from './scripted-line.fixture';
import { VoicenterWebPhone } from './voicenter-web-phone';

const GIVEN = { user: '101', password: 'word', wsUrl: 'wss://pbx.example/ws', domain: 'pbx.example' };
const CALLBACKS = [
  ...['onRegister', 'onInitiateFailed', 'onRegisterFailed', 'onDisconnect', 'onRinging', 'onCall'],
  ...['onCallEnd', 'onCallFailed', 'onCallRejected', 'onCallAnswer'],
] as const;

let media: ScriptedMedia;
let lines: ScriptedLine[];
let phone: VoicenterWebPhone;
let heard: unknown[][];
let own: Partial<PhoneSettings> | undefined;

beforeEach(() => {
  vi.useFakeTimers();
  media = new ScriptedMedia();
  lines = [];
  heard = [];
  own = undefined;
  phone = new VoicenterWebPhone({
    openLine: (settings, ears) => {
      const made = new ScriptedLine(settings, ears);
      lines.push(made);
      return made;
    },
    media,
    now: () => 1,
    ownSettings: async () => own,
    tagSettings: {},
  });
  for (const name of CALLBACKS)
    Object.assign(phone, { [name]: (...with_: unknown[]) => heard.push([name, ...with_]) });
});
afterEach(() => {
  vi.useRealTimers();
});

const line = (): ScriptedLine => {
  const last = lines.at(-1);
  if (last === undefined) throw new Error('There is no line.');
  return last;
};
async function registered(): Promise<ScriptedLine> {
  await phone.initiate(GIVEN);
  line().ears.connected();
  line().ears.registered();
  heard = [];
  return line();
}
async function calling() {
  const { calls } = await registered();
  await phone.call('050-1234567');
  const call = calls[0];
  if (call === undefined) throw new Error('Nothing was called.');
  call.ears.sent();
  return call;
}

describe('beginning', () => {
  test('registers with what was given, or with what the server knows of who is signed in', async () => {
    await phone.initiate(GIVEN);
    expect(line().settings).toMatchObject({ ...GIVEN, idHeader: 'X-IVR-UNIQUE-ID' });
    own = { ...GIVEN, user: '102', idHeader: 'X-Id' };
    await phone.initiate();
    expect(line().settings).toMatchObject({ user: '102', idHeader: 'X-Id' });
    await phone.initiate({ user: '103', password: 'other' });
    expect(line().settings).toMatchObject({ user: '103', password: 'other', wsUrl: GIVEN.wsUrl });
  });

  test('fails without a server to register with, and where its socket cannot be reached', async () => {
    await phone.initiate({ user: '101', password: 'word' });
    expect(heard).toEqual([['onInitiateFailed', expect.stringContaining('wsUrl')]]);
    await phone.initiate(GIVEN);
    line().ears.disconnected();
    line().ears.disconnected();
    expect(heard.slice(1)).toEqual([['onInitiateFailed', expect.stringContaining('WebSocket')]]);
    line().ears.connected();
    line().ears.registered();
    expect(heard.at(-1)).toEqual(['onRegister']);
  });

  test('a refusal is final, what went wrong is tried again, later each time', async () => {
    await phone.initiate(GIVEN);
    for (const wait of [2_000, 4_000, 8_000]) {
      line().ears.refused(503);
      vi.advanceTimersByTime(wait - 1);
      const before = line().told.length;
      vi.advanceTimersByTime(1);
      expect(line().told.slice(before)).toEqual(['register']);
    }
    line().ears.refused(403);
    vi.advanceTimersByTime(600_000);
    expect(line().told.filter((one) => one === 'register')).toHaveLength(3);
    expect(heard).toEqual([
      ['onRegisterFailed', 503],
      ['onRegisterFailed', 403],
    ]);
  });

  test('a lost connection is told once, and its return', async () => {
    const { ears } = await registered();
    ears.disconnected();
    ears.unregistered();
    ears.registered();
    expect(heard).toEqual([['onDisconnect'], ['onRegister']]);
  });
});

describe('a call of ours', () => {
  test('is told under the id by which the PBX knows it, and then always under that', async () => {
    const call = await calling();
    expect([call.number, heard]).toEqual(['0501234567', []]);
    call.ears.progress('their-id');
    call.ears.progress('another');
    call.ears.answered(null);
    phone.mute('their-id');
    phone.unmute();
    phone.dtmf('1a#x', 'their-id');
    call.ears.over('them', null);
    expect(heard).toEqual([
      ['onCall', 'their-id'],
      ['onCallAnswer', 'their-id'],
      ['onCallEnd', 'their-id'],
    ]);
    expect(call.told).toEqual(['mute', 'unmute', 'dtmf 1A#']);
  });

  test('has its SIP id where the PBX says none, and is rejected by who is busy', async () => {
    const call = await calling();
    call.ears.progress(null);
    call.ears.over('them', 486);
    expect(heard).toEqual([
      ['onCall', call.callId],
      ['onCallRejected', call.callId],
    ]);
    expect(media.open).toBe(0);
  });

  test('fails when no INVITE went out within three seconds', async () => {
    await registered();
    await phone.call('0501234567');
    vi.advanceTimersByTime(2_999);
    expect(heard).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(heard).toEqual([['onCallFailed', 'sip-0', 'no_network']]);
    expect([line().calls[0]?.told, media.open]).toEqual([['hang up'], 0]);
  });

  test('may ring longer than that once it went out', async () => {
    await calling();
    vi.advanceTimersByTime(60_000);
    expect(heard).toEqual([]);
  });

  test('fails without a microphone, a line, or a number', async () => {
    await phone.call('0501234567');
    const { calls } = await registered();
    media.isAllowed = false;
    await phone.call('0501234567');
    media.isAllowed = true;
    await phone.call('no number');
    expect(heard).toEqual([
      ['onCallFailed', '', 'no_microphone'],
      ['onCallFailed', '', 'bad_number'],
    ]);
    expect([calls, media.open]).toEqual([[], 0]);
  });
});

describe('a call that comes in', () => {
  test('rings under the PBX’s id, is answered, held and handed on', async () => {
    const call = (await registered()).rings('their-id');
    await phone.answer('their-id');
    call.ears.answered(null);
    phone.hold('their-id');
    expect(phone.state.calls).toMatchObject([{ id: 'their-id', state: 'answered', isHeld: true }]);
    phone.unhold();
    expect(await phone.transfer('999', 'their-id')).toBe(false);
    expect(await phone.transfer('102', 'their-id')).toBe(true);
    expect(call.told).toEqual(['answer', 'hold', 'unhold', 'transfer 999', 'transfer 102', 'hang up']);
    expect(heard.map(([name]) => name)).toEqual(['onRinging', 'onCallAnswer', 'onCallEnd']);
  });

  test('is declined by a status that says so, as the other side is to know it', async () => {
    const call = (await registered()).rings('their-id');
    phone.hangUp('their-id');
    expect([call.told, heard.at(-1)]).toEqual([['hang up 603'], ['onCallRejected', 'their-id']]);
  });

  test('that the caller gives up ends, and takes no microphone from who answers too late', async () => {
    const call = (await registered()).rings('their-id');
    const answering = phone.answer('their-id');
    call.ears.over('them', null);
    await answering;
    expect([call.told, media.open, heard.at(-1)]).toEqual([[], 0, ['onCallEnd', 'their-id']]);
  });

  test('puts the one before on hold when it is answered', async () => {
    const made = await registered();
    const [one, other] = [made.rings('one'), made.rings('other')];
    await phone.answer('one');
    one.ears.answered(null);
    await phone.answer('other');
    expect([one.told, other.told]).toEqual([['answer', 'hold'], ['answer']]);
  });

  test('says that no sound is allowed, until it is', async () => {
    const call = (await registered()).rings('their-id');
    media.isSoundAllowed = false;
    call.ears.heard({} as MediaStream);
    await vi.advanceTimersByTimeAsync(0);
    expect(phone.state.isSoundBlocked).toBe(true);
  });

  test('changes its microphone while it goes on', async () => {
    const call = (await registered()).rings('their-id');
    await phone.answer();
    call.ears.answered(null);
    await phone.useDevices({ microphone: 'mic-2' });
    expect([call.told.at(-1), media.asked, media.open]).toEqual(['another microphone', [null, 'mic-2'], 1]);
  });
});

test('a phone that is destroyed hangs up, unregisters and tells no more of its line', async () => {
  const made = await registered();
  const call = made.rings('their-id');
  phone.destroy();
  made.ears.disconnected();
  expect([call.told, made.told.at(-1), heard.map(([name]) => name)]).toEqual([
    ['hang up'],
    'stop',
    ['onRinging', 'onCallEnd'],
  ]);
});

test('whatever is done and happens, each call begins once, ends at most once and gives its microphone back', async () => {
  const step = fc.constantFrom(
    'rings',
    'call',
    'answer',
    'answered',
    'over',
    'broken',
    'hang up',
    'late',
    'mute',
    'hold',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(step, fc.nat(3)), { maxLength: 25 }), async (steps) => {
      const made = await registered();
      for (const [what, which] of steps) {
        const call = made.calls[which % Math.max(made.calls.length, 1)];
        if (what === 'rings') made.rings(`id-${made.calls.length}`);
        else if (what === 'call') await phone.call('1');
        else if (what === 'answer') await phone.answer(call?.callId);
        else if (what === 'answered') call?.ears.answered(null);
        else if (what === 'over') call?.ears.over('them', 200);
        else if (what === 'broken') call?.ears.broken('no_audio');
        else if (what === 'hang up') phone.hangUp(call?.callId);
        else if (what === 'late') vi.advanceTimersByTime(3_000);
        else if (what === 'mute') phone.mute(call?.callId);
        else phone.hold(call?.callId);
        for (const { state } of phone.state.calls) expect(CALL_STATES.slice(0, 3)).toContain(state);
      }
      phone.destroy();
      expect([phone.state.calls, media.open]).toEqual([[], 0]);
      for (const { callId, id } of made.calls) {
        const names = heard.filter(([, told]) => told === (id ?? callId)).map(([name]) => name);
        const ends = names.filter((name) =>
          ['onCallEnd', 'onCallFailed', 'onCallRejected'].includes(name as string),
        );
        expect(ends).toHaveLength(1);
        expect(names.filter((name) => name === 'onRinging' || name === 'onCall').length).toBeLessThanOrEqual(
          1,
        );
        expect(names.at(-1)).toBe(ends[0]);
      }
    }),
    { numRuns: 200 },
  );
});
