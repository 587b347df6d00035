import { isOver, stateAfter, type CallNews } from './call-state';
import type { PhoneFault } from './phone-fault';
import type { PhoneMedia, PlayedAudio } from './phone-media';
import type { PhoneCall } from './phone-state';
import type { SipCall } from './sip-line';

/** How long an INVITE, or the answer to one, may take to be made: without any network it never is, and nothing tells so. */
const SENT_WITHIN_MS = 3_000;

/** A call that is not over. */
export interface LiveCall {
  sip: SipCall;
  shown: PhoneCall;
  microphone: MediaStream | null;
  /** What is heard of the other side. */
  audio: MediaStream | null;
  played: PlayedAudio | null;
  isBeingAnswered: boolean;
}

export interface PhoneCallsParts {
  media: Pick<PhoneMedia, 'play'>;
  /** Where the other side is heard. */
  speaker: () => string | null;
  /** Milliseconds since 1970. */
  now: () => number;
  /** @param call  as it became @param isNews  whether its state is another one, or it is a new one */
  changed: (call: PhoneCall, isNews: boolean) => void;
  soundBlocked: (isBlocked: boolean) => void;
}

/** The calls of a phone, from their beginning to their end. */
export class PhoneCalls {
  private readonly live = new Map<string, LiveCall>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  /** Of calls of ours that the page was not told of yet. */
  private readonly untold = new Set<string>();

  constructor(private readonly parts: PhoneCallsParts) {}

  get all(): LiveCall[] {
    return [...this.live.values()];
  }

  /** By the PBX's id or by SIP's; without one the call that fits and was begun last. */
  find(id: string | undefined, fits: (call: PhoneCall) => boolean): LiveCall | undefined {
    const fitting = this.all.filter(({ shown }) => fits(shown));
    if (id === undefined || id === '') return fitting.at(-1);
    return fitting.find(({ shown }) => shown.id === id || shown.callId === id);
  }

  /** A call that rings here, or that we have begun. @param microphone  of one that we have begun */
  follow(sip: SipCall, microphone: MediaStream | null): void {
    const isOurs = microphone !== null;
    const shown: PhoneCall = {
      id: sip.id ?? sip.callId,
      callId: sip.callId,
      direction: isOurs ? 'out' : 'in',
      state: isOurs ? 'calling' : 'ringing',
      number: sip.number,
      name: sip.name,
      since: this.parts.now(),
      isMuted: false,
      isHeld: false,
      isHeldByThem: false,
      why: null,
    };
    const call: LiveCall = { sip, shown, microphone, audio: null, played: null, isBeingAnswered: false };
    this.live.set(sip.callId, call);
    this.listenTo(call);
    if (isOurs) {
      this.untold.add(sip.callId);
      this.mustBeSent(call);
    }
    this.change(call, {}, !isOurs);
  }

  change(call: LiveCall, change: Partial<PhoneCall>, isNews = false): void {
    call.shown = { ...call.shown, ...change };
    this.parts.changed(call.shown, isNews);
  }

  /** Ends a call for a reason of this browser's. */
  breakOff(call: LiveCall, why: PhoneFault): void {
    if (isOver(call.shown.state)) return;
    call.shown = { ...call.shown, why };
    this.happens(call, { kind: 'broken' });
    call.sip.hangUp();
  }

  mustBeSent(call: LiveCall): void {
    const late = (): void => {
      this.breakOff(call, 'no_network');
    };
    this.timers.set(call.sip.callId, setTimeout(late, SENT_WITHIN_MS));
  }

  private listenTo(call: LiveCall): void {
    call.sip.listen({
      sent: () => {
        this.wasSent(call);
      },
      progress: (id) => {
        this.tellOfOurs(call, id);
      },
      answered: (id) => {
        this.tellOfOurs(call, id);
        this.happens(call, { kind: 'answered' });
      },
      over: (by, code) => {
        this.happens(call, { kind: 'over', by, code });
      },
      broken: (why) => {
        this.breakOff(call, why);
      },
      heard: (audio) => {
        this.hear(call, audio);
      },
      held: (by, isHeld) => {
        this.change(call, by === 'us' ? { isHeld } : { isHeldByThem: isHeld });
      },
    });
  }

  /** The page is told of a call of ours when the PBX has taken it, under the id by which that knows it. */
  private tellOfOurs(call: LiveCall, id: string | null): void {
    if (this.untold.delete(call.sip.callId)) this.change(call, id === null ? {} : { id }, true);
  }

  private happens(call: LiveCall, news: CallNews): void {
    const state = stateAfter(call.shown.state, news);
    if (state === call.shown.state) return;
    if (isOver(state)) this.forget(call);
    this.change(call, state === 'answered' ? { state, since: this.parts.now() } : { state }, true);
  }

  private forget(call: LiveCall): void {
    const { callId } = call.sip;
    this.wasSent(call);
    this.untold.delete(callId);
    this.live.delete(callId);
    call.played?.stop();
    if (call.microphone !== null) silence(call.microphone);
  }

  private wasSent({ sip: { callId } }: LiveCall): void {
    clearTimeout(this.timers.get(callId));
    this.timers.delete(callId);
  }

  private hear(call: LiveCall, audio: MediaStream): void {
    call.played?.stop();
    call.audio = audio;
    call.played = this.parts.media.play(audio, this.parts.speaker());
    void call.played.begun.then((isHeard) => {
      this.parts.soundBlocked(!isHeard);
    });
  }
}

/** Gives a microphone back. */
export function silence(microphone: MediaStream): void {
  for (const track of microphone.getTracks()) track.stop();
}
