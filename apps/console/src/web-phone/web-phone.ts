import type { PhoneFault } from './phone-fault';
import { PhoneCalls, silence, type LiveCall } from './phone-calls';
import type { PhoneMedia } from './phone-media';
import type { PhoneSettings } from './phone-settings';
import { NO_PHONE, type PhoneCall, type PhoneState } from './phone-state';
import type { LineEars, SipCall, SipLine } from './sip-line';
import { tryAgainAfterMs } from './try-again-after-ms';

/** Decline: a call that is merely "unavailable" goes on ringing elsewhere. */
const DECLINE = 603;
const TIMED_OUT = 408;

export interface WebPhoneParts {
  openLine: (settings: PhoneSettings, ears: LineEars) => SipLine;
  media: PhoneMedia;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** What the phone tells beside its state. */
export type PhoneNews =
  | { kind: 'registered' }
  | { kind: 'registerFailed'; code: number | null }
  | { kind: 'initiateFailed'; why: string }
  | { kind: 'disconnected' }
  | { kind: 'call'; call: PhoneCall };

type Hear = (news: PhoneNews) => void;

const isAnswered = ({ state }: PhoneCall): boolean => state === 'answered';

/** A phone in the page: one registration with a PBX, and its calls. */
export class WebPhone {
  private line: SipLine | null = null;
  private settings: PhoneSettings | null = null;
  private current: PhoneState = NO_PHONE;
  private readonly calls: PhoneCalls;
  private readonly hears = new Set<Hear>();
  private readonly shows = new Set<() => void>();
  private tries = 0;
  private again: ReturnType<typeof setTimeout> | undefined;
  private wasConnected = false;
  private devices: { microphone: string | null; speaker: string | null } = {
    microphone: null,
    speaker: null,
  };

  constructor(private readonly parts: WebPhoneParts) {
    this.calls = new PhoneCalls({
      media: parts.media,
      now: parts.now,
      speaker: () => this.devices.speaker,
      changed: (call, isNews) => {
        this.show({ calls: this.calls.all.map(({ shown }) => shown) });
        if (isNews) this.tell({ kind: 'call', call });
      },
      soundBlocked: (isSoundBlocked) => {
        this.show({ isSoundBlocked });
      },
    });
  }

  get state(): PhoneState {
    return this.current;
  }

  /** @param hear  called with what happens, after the state has changed @returns what ends it */
  listen(hear: Hear): () => void {
    this.hears.add(hear);
    return () => this.hears.delete(hear);
  }

  /** @param changed  called when the state became another one @returns what ends it */
  watch(changed: () => void): () => void {
    this.shows.add(changed);
    return () => this.shows.delete(changed);
  }

  start(settings: PhoneSettings): void {
    this.stop();
    this.wasConnected = false;
    this.show({ standing: 'connecting' });
    this.settings = { ...settings };
    let line: SipLine | null = null;
    const isCurrent = (): boolean => line !== null && this.line === line;
    try {
      line = this.parts.openLine(this.settings, onlyWhile(isCurrent, this.ears()));
      this.line = line;
      line.start();
    } catch {
      this.line = null;
      this.show({ standing: 'off' });
      this.tell({ kind: 'initiateFailed', why: 'The settings are those of no SIP account.' });
    }
  }

  /** For the calls from now on: credentials of relays are good for hours only. */
  useIceServers(iceServers: PhoneSettings['iceServers']): void {
    if (this.settings !== null) this.settings.iceServers = iceServers;
  }

  /** Hangs up, unregisters, and waits for `start`. */
  stop(): void {
    clearTimeout(this.again);
    this.tries = 0;
    const { line } = this;
    this.line = null;
    for (const { sip } of this.calls.all) sip.hangUp();
    line?.stop();
    this.show({ standing: 'off', code: null });
  }

  /** @returns SIP's Call-ID, or null where there is no call because there is no microphone or no line */
  async call(number: string): Promise<string | null> {
    const wanted = dialled(number);
    if (this.line === null || wanted === '') return this.notCalled(wanted, 'not_connected');
    const microphone = await this.microphone();
    if (typeof microphone === 'string') return this.notCalled(wanted, microphone);
    try {
      if (this.line === null) throw new Error('The phone was switched off meanwhile.');
      const sip = this.line.call(wanted, microphone);
      this.holdOthers(undefined);
      this.calls.follow(sip, microphone);
      return sip.callId;
    } catch {
      silence(microphone);
      return this.notCalled(wanted, 'bad_number');
    }
  }

  /** @param id  of a call that rings; without it the one that rang last */
  async answer(id?: string): Promise<void> {
    const call = this.calls.find(id, ({ state }) => state === 'ringing');
    if (call === undefined || call.isBeingAnswered) return;
    call.isBeingAnswered = true;
    const microphone = await this.microphone();
    if (typeof microphone === 'string') {
      this.calls.breakOff(call, microphone);
      return;
    }
    if (call.shown.state !== 'ringing') {
      silence(microphone);
      return;
    }
    call.microphone = microphone;
    this.holdOthers(call);
    this.calls.mustBeSent(call);
    call.sip.answer(microphone);
  }

  /** Ends a call; one that rings is declined. */
  hangUp(id?: string): void {
    this.calls.find(id, () => true)?.sip.hangUp(DECLINE);
  }

  mute(id?: string): void {
    this.turnMute(id, true);
  }

  unmute(id?: string): void {
    this.turnMute(id, false);
  }

  hold(id?: string): void {
    this.calls.find(id, isAnswered)?.sip.hold();
  }

  unhold(id?: string): void {
    this.calls.find(id, isAnswered)?.sip.unhold();
  }

  /** @param tones  of `0`..`9`, `*`, `#` and `A`..`D`; others are left out */
  dtmf(tones: string, id?: string): void {
    const sendable = tones.toUpperCase().replace(/[^0-9*#A-D]/g, '');
    if (sendable !== '') this.calls.find(id, isAnswered)?.sip.dtmf(sendable);
  }

  /** Hands the other side on to a number, without asking there first. @returns whether that was done */
  transfer(number: string, id?: string): Promise<boolean> {
    const call = this.calls.find(id, isAnswered);
    const wanted = dialled(number);
    if (call === undefined || wanted === '') return Promise.resolve(false);
    return new Promise((resolve) => {
      call.sip.transfer(wanted, (isTaken) => {
        if (isTaken) call.sip.hangUp();
        resolve(isTaken);
      });
    });
  }

  /** What the other side of a call says; null before there is anything. */
  audioOf(id?: string): MediaStream | null {
    return this.calls.find(id, () => true)?.audio ?? null;
  }

  /** Microphone and speaker of this and later calls; null for the usual one. */
  async useDevices(devices: { microphone?: string | null; speaker?: string | null }): Promise<void> {
    this.devices = { ...this.devices, ...devices };
    for (const call of this.calls.all) {
      if (devices.speaker !== undefined) call.played?.moveTo(devices.speaker);
      if (devices.microphone !== undefined && call.microphone !== null) await this.changeMicrophone(call);
    }
  }

  private async changeMicrophone(call: LiveCall): Promise<void> {
    const next = await this.microphone();
    if (typeof next === 'string') return;
    await call.sip.speakInto(next);
    const isGone = !this.calls.all.includes(call);
    if (call.microphone !== null) silence(isGone ? next : call.microphone);
    if (!isGone) call.microphone = next;
  }

  private ears(): LineEars {
    return {
      connected: () => {
        this.wasConnected = true;
      },
      disconnected: () => {
        if (!this.wasConnected && this.current.standing === 'connecting')
          this.tell({ kind: 'initiateFailed', why: 'The WebSocket of the PBX cannot be reached.' });
        this.lost();
      },
      registered: () => {
        this.tries = 0;
        this.show({ standing: 'registered', code: null });
        this.tell({ kind: 'registered' });
      },
      unregistered: () => {
        this.lost();
      },
      refused: (code) => {
        this.refused(code);
      },
      rings: (sip: SipCall) => {
        this.calls.follow(sip, null);
      },
    };
  }

  private lost(): void {
    const { standing } = this.current;
    if (standing !== 'refused') this.show({ standing: 'lost' });
    if (standing === 'registered') this.tell({ kind: 'disconnected' });
  }

  /** What the PBX could not do, or did not answer, is tried again; a refusal is final. */
  private refused(code: number | null): void {
    const isFinal = code !== null && code >= 400 && code < 500 && code !== TIMED_OUT;
    this.show({ standing: isFinal ? 'refused' : 'lost', code });
    if (isFinal || this.tries === 0) this.tell({ kind: 'registerFailed', code });
    clearTimeout(this.again);
    if (isFinal) return;
    this.again = setTimeout(() => this.line?.register(), tryAgainAfterMs(this.tries));
    this.tries += 1;
  }

  private holdOthers(but: LiveCall | undefined): void {
    for (const other of this.calls.all)
      if (other !== but && isAnswered(other.shown) && !other.shown.isHeld) other.sip.hold();
  }

  /** A call that there never was: who waits for one is told. */
  private notCalled(number: string, why: PhoneFault): null {
    const flags = { isMuted: false, isHeld: false, isHeldByThem: false };
    const since = this.parts.now();
    const call = { ...flags, id: '', callId: '', name: null, number, since, why };
    this.tell({ kind: 'call', call: { ...call, direction: 'out', state: 'failed' } });
    return null;
  }

  private turnMute(id: string | undefined, isMuted: boolean): void {
    // Before the answer there is nothing of ours to be heard.
    const call = this.calls.find(id, ({ state }) => state !== 'ringing');
    if (call === undefined) return;
    if (isMuted) call.sip.mute();
    else call.sip.unmute();
    this.calls.change(call, { isMuted });
  }

  private async microphone(): Promise<MediaStream | 'no_microphone'> {
    try {
      return await this.parts.media.microphone(this.devices.microphone);
    } catch {
      return 'no_microphone';
    }
  }

  private show(change: Partial<PhoneState>): void {
    this.current = { ...this.current, ...change };
    for (const changed of this.shows) changed();
  }

  private tell(news: PhoneNews): void {
    for (const hear of this.hears) hear(news);
  }
}

/** A number without what is only there to be read; an extension's name as it is. */
function dialled(number: string): string {
  const text = number.trim();
  return /^[+*#\d\s().-]+$/.test(text) ? text.replace(/[\s().-]/g, '') : text;
}

/** A line tells of its end seconds after it was stopped, when there is another one: only what the current one tells counts. */
function onlyWhile(isCurrent: () => boolean, ears: LineEars): LineEars {
  const when =
    <Told extends readonly unknown[]>(hear: (...told: Told) => void) =>
    (...told: Told): void => {
      if (isCurrent()) hear(...told);
    };
  return {
    connected: when(ears.connected),
    disconnected: when(ears.disconnected),
    registered: when(ears.registered),
    unregistered: when(ears.unregistered),
    refused: when(ears.refused),
    rings: when(ears.rings),
  };
}
