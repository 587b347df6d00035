/** The switchboard behind a simulated request API: who works there, which calls were ordered, which go on. */
import { instant } from '#domain';
import { localClock, type WallTime } from '../pbx/local-clock.js';
import type { Agent, Office } from '../pbx/office.js';
import { talkingPart, type CallScript } from '../scripts/call-script.js';
import { SECOND_MS } from '../voices/voice.js';
import { fateOf, type Fate } from './fate.js';
import { hungUpScript, orderedScript } from './ordered-script.js';

export interface OrderedCall {
  id: string;
  agent: Agent;
  /** The number in the local spelling. */
  outside: string;
  fate: Fate;
  variables: Readonly<Record<string, string>>;
  script: CallScript;
  /** Milliseconds, by the PBX's clock. */
  startedAt: number;
  /** Aborted when somebody hangs it up; `script` is cut then. */
  hungUp: AbortController;
}

export interface DeskOptions {
  office: Office;
  /** Time of day in milliseconds. */
  now: () => number;
  /** How much faster than life calls go. */
  speed: number;
  /** What this vendor calls its next call. @param count  of calls so far */
  newCallId: (wall: WallTime, count: number) => string;
  onPlaced: (call: OrderedCall) => void;
}

export class PbxDesk {
  readonly calls: OrderedCall[] = [];
  private readonly wallAt;

  constructor(private readonly options: DeskOptions) {
    this.wallAt = localClock(options.office.timeZone);
  }

  get office(): Office {
    return this.options.office;
  }

  now(): number {
    return this.options.now();
  }

  /** The office's wall clock, as this PBX prints it. */
  wall(atMs: number): WallTime {
    return this.wallAt(instant(Math.floor(atMs)));
  }

  /** By its SIP user or its number. */
  agentOf(extension: string): Agent | undefined {
    return this.office.agents.find(({ sip, extension: number }) => sip === extension || number === extension);
  }

  /**
   * Orders a call; it is placed where the number's fate says so.
   * @param outside  in any spelling of an Israeli number, or any other digits
   * @param id       where whoever orders says what the call is called
   */
  dial(
    agent: Agent,
    outside: string,
    variables: Readonly<Record<string, string>> = {},
    id?: string,
  ): { fate: Fate; call: OrderedCall | null } {
    const fate = fateOf(outside);
    if (fate.verdict !== 'placed') return { fate, call: null };
    const { office, newCallId, onPlaced } = this.options;
    const startedAt = this.now();
    const local = localSpelling(outside);
    const did = office.dids[0] ?? '';
    const call: OrderedCall = {
      id: id ?? newCallId(this.wall(startedAt), this.calls.length),
      agent,
      outside: local,
      fate,
      variables,
      script: orderedScript({ agent, outside: local, did, ending: fate.ending, customData: variables }),
      startedAt,
      hungUp: new AbortController(),
    };
    this.calls.push(call);
    onPlaced(call);
    return { fate, call };
  }

  /** How many calls were placed to this number, in whichever spelling. */
  placedTo(number: string): number {
    return this.calls.filter(({ outside }) => outside === localSpelling(number)).length;
  }

  /** Seconds since it began. */
  secondsOf({ startedAt }: OrderedCall): number {
    const ms = this.now() - startedAt;
    return ms <= 0 ? 0 : (ms * this.options.speed) / SECOND_MS;
  }

  isLive(call: OrderedCall): boolean {
    return !call.hungUp.signal.aborted && this.secondsOf(call) < call.script.until;
  }

  /** Whether the customer has answered by now. */
  isAnswered(call: OrderedCall): boolean {
    const answered = talkingPart(call.script.parts)?.answered ?? null;
    return answered !== null && answered <= this.secondsOf(call);
  }

  liveCalls(agent?: Agent): OrderedCall[] {
    return this.calls.filter((call) => this.isLive(call) && (agent === undefined || call.agent === agent));
  }

  hangUp(call: OrderedCall): void {
    if (!this.isLive(call)) return;
    call.script = hungUpScript(call.script, Math.ceil(this.secondsOf(call)));
    call.hungUp.abort();
  }
}

/** `972501234567`, `+972501234567` and `0501234567` are one number. */
export function localSpelling(number: string): string {
  const digits = number.replace(/\D/g, '');
  return digits.startsWith('972') ? `0${digits.slice(3)}` : digits;
}
