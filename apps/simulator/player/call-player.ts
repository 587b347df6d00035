/** Plays planned calls to ingress: each call's messages in their order and time, calls beside each other. */
import { setTimeout as delay } from 'node:timers/promises';
import { seededRandom } from '../pbx/random.js';
import { sharedNowMs } from '../shared-clock.js';
import { NOTHING_HEARD, type Heard, type PlannedCall, type TimedMessage } from '../voices/voice.js';
import { disordered } from './disordered.js';
import { hearReply } from './hear-reply.js';
import { MessageSender, type SendReport, type SentMessage } from './message-sender.js';
import { VENDOR_HABITS } from './vendor-habits.js';

/** A call, and where its connection takes webhooks: a URL without the route and without a slash at the end. */
export interface CallToPlay {
  call: PlannedCall;
  baseUrl: string;
  /** Milliseconds between the start of the play and the call's, in the PBX's time; played faster by `speed`. */
  startsMs: number;
}

export interface PlayedMessage extends SentMessage {
  call: PlannedCall;
  message: TimedMessage;
  action: string | null;
  fault: string | null;
}

export interface CallPlayReport extends SendReport {
  calls: number;
  /** What questions were answered, and how often: `MENU`, `known`, `fallback` ... */
  actions: Record<string, number>;
  /** Answers that no PBX could work with, and how often. */
  faults: Record<string, number>;
}

export interface CallPlayerOptions {
  /** How much faster than life; Infinity waits for nothing but answers. */
  speed: number;
  /** Most calls at once; later ones wait. */
  atOnce: number;
  /** Draws what is sent late and what twice; left out, everything is sent in order and once. */
  disorderSeed?: number;
  signal?: AbortSignal;
  /** Told before a message is sent for the first time. */
  onSend?: (message: TimedMessage) => void;
  onSent?: (sent: PlayedMessage) => void;
}

export class CallPlayer {
  private readonly sender: MessageSender;
  private readonly actions: Record<string, number> = {};
  private readonly faults: Record<string, number> = {};
  private calls = 0;

  constructor(private readonly options: CallPlayerOptions) {
    this.sender = new MessageSender(options.atOnce, options.signal);
  }

  report(): CallPlayReport {
    const { actions, faults, calls } = this;
    return { calls, ...this.sender.report(), actions: { ...actions }, faults: { ...faults } };
  }

  /**
   * Plays until the calls end or the signal aborts, then ends what it began. Call it once.
   * @returns each call as it was played: one that its menu hung up is not the one that was planned
   */
  async play(calls: Iterable<CallToPlay>): Promise<PlannedCall[]> {
    const { atOnce, speed, signal } = this.options;
    const played: PlannedCall[] = [];
    const running = new Set<Promise<void>>();
    const begun = sharedNowMs();
    for (const next of calls) {
      if (running.size >= atOnce) await Promise.race(running);
      await this.waitUntil(begun + next.startsMs / speed);
      if (signal?.aborted) break;
      const run = this.playCall(next).then((call) => void played.push(call));
      running.add(run);
      void run.finally(() => running.delete(run));
    }
    await Promise.all(running);
    await this.sender.close();
    return played;
  }

  private async playCall({ call: planned, baseUrl }: CallToPlay): Promise<PlannedCall> {
    this.calls += 1;
    const begun = sharedNowMs();
    let call = planned;
    let left = this.ordered(call);
    let heard = NOTHING_HEARD;
    for (let message = left.shift(); message; message = left.shift()) {
      // Told to stop, a call goes on without its pauses: half a call would be a lie about the PBX.
      await this.waitUntil(begun + message.atMs / this.options.speed);
      const told = await this.tell(call, message, { baseUrl, heard });
      heard = told?.heard ?? heard;
      if (told?.action !== 'HANGUP') continue;
      const { atMs } = message;
      call = planned.hungUpAt(atMs);
      left = this.ordered({ ...call, messages: call.messages.filter((later) => later.atMs > atMs) });
    }
    return call;
  }

  private ordered({ messages }: Pick<PlannedCall, 'messages'>): TimedMessage[] {
    const { disorderSeed, speed } = this.options;
    if (disorderSeed === undefined) return [...messages];
    return disordered(messages, { random: seededRandom(disorderSeed + this.calls), speed });
  }

  private async tell(
    call: PlannedCall,
    message: TimedMessage,
    { baseUrl, heard }: { baseUrl: string; heard: Heard },
  ) {
    const written = message.write(heard);
    if (written === null) return undefined;
    this.options.onSend?.(message);
    const habits = VENDOR_HABITS[call.vendor];
    const asks = message.asks !== undefined;
    const sent = await this.sender.send(`${baseUrl}/${message.route}`, written, { habits, asks });
    const route = message.route.split('?', 1)[0] ?? '';
    const reply =
      sent.status >= 200 && sent.status < 300
        ? hearReply(sent.body, { vendor: call.vendor, route, asks: message.asks, heard })
        : { fault: null, action: null, heard: { ...heard, inMenu: heard.inMenu && !asks } };
    if (reply.action !== null) this.actions[reply.action] = (this.actions[reply.action] ?? 0) + 1;
    if (reply.fault !== null) this.faults[reply.fault] = (this.faults[reply.fault] ?? 0) + 1;
    this.options.onSent?.({ ...sent, call, message, action: reply.action, fault: reply.fault });
    return reply;
  }

  private async waitUntil(at: number): Promise<void> {
    const early = at - sharedNowMs();
    if (early > 0) await delay(early, undefined, { signal: this.options.signal }).catch(() => undefined);
  }
}
