import type { Instant } from '#domain';
import type { PartThatGoesOn, SocketRequest } from '#dialects';
import type { SiblingLine, SocketReply, SocketStore } from '#db';
import { logFailure, type Clock, type Log } from '#platform';
import { covers, fateOf } from './gap-cover.js';
import type { Entry, SocketKeeper, SocketOf } from './socket-keeper.js';
import type { Timers } from './timers.js';

const SECOND = 1_000;
const ASK_AGAIN_MS = 10 * SECOND;
/** An end may be told a moment after the answer in which its part is missing. */
const GONE_AFTER_MS = SECOND;
const LOOK_AGAIN_MS = SECOND;

export interface CatchUpParts {
  store: Pick<SocketStore, 'sibling'>;
  clock: Pick<Clock, 'now'>;
  log: Log;
  timers: Timers;
  keeper: Pick<SocketKeeper, 'stillMissing'>;
  ask: (request: SocketRequest) => Promise<SocketReply>;
  add: (entry: Entry) => void;
  isClosed: () => boolean;
}

/** What a socket does on account of what was told while its line had none. */
export class CatchUp {
  private lookedAt: Instant | undefined;
  private isSettled = false;
  private isFresh = false;

  constructor(
    private readonly of: SocketOf,
    private readonly our: CatchUpParts,
  ) {}

  /** What was missed is made up for. */
  get isComplete(): boolean {
    return this.isSettled;
  }

  /** What had waited at the PBX has come: what comes now is told as it happens. */
  get isCurrent(): boolean {
    return this.isFresh;
  }

  async askWhatGoesOn(): Promise<void> {
    const askedAt = this.our.clock.now();
    const reply = await this.our.ask(this.of.protocol.whatGoesOn);
    if (this.our.isClosed()) return;
    const goingOn = this.read(reply, askedAt);
    if (goingOn === undefined) {
      const status = reply.kind === 'replied' ? reply.status : reply.kind;
      this.our.log.warn({ ...this.named, status }, 'socket.census_failed');
      this.our.timers.later(ASK_AGAIN_MS, () => void this.askWhatGoesOn());
      return;
    }
    this.lookedAt = this.our.clock.now();
    const bytes = goingOn.reduce((sum, { message }) => sum + message.length, 0);
    const told = await this.toldByOther(goingOn);
    if (this.our.isClosed()) return;
    this.our.add({ kind: 'census', bytes, receivedAt: this.our.clock.now(), goingOn, told });
  }

  /** These are missing in the answer. */
  missing(parts: readonly string[]): void {
    this.our.timers.later(GONE_AFTER_MS, () => {
      this.isFresh = true;
      void this.settle(parts);
    });
  }

  private async settle(parts: readonly string[]): Promise<void> {
    const missing = this.our.keeper.stillMissing(parts);
    const { from, lookedAt } = {
      from: this.of.opened.aliveAt,
      lookedAt: this.lookedAt ?? this.our.clock.now(),
    };
    const sibling = await this.sibling(missing);
    if (this.our.isClosed()) return;
    const fates = new Map(
      missing.map((part) => [
        part,
        sibling === 'away' ? 'unknown' : fateOf(part, sibling, { from, lookedAt }),
      ]),
    );
    const those = (fate: string) => missing.filter((part) => fates.get(part) === fate);
    const [gone, told, waiting] = [those('gone'), those('told'), those('unknown')];
    this.our.add({ kind: 'settle', bytes: 0, receivedAt: this.our.clock.now(), gone, told });
    if (waiting.length === 0) this.isSettled = true;
    else this.our.timers.later(LOOK_AGAIN_MS, () => void this.settle(waiting));
  }

  /** Those whose beginning the other line was told: it is kept already. */
  private async toldByOther(goingOn: readonly PartThatGoesOn[]): Promise<ReadonlySet<string>> {
    const sibling = await this.sibling(goingOn.map(({ part }) => part));
    const isCovered = sibling !== 'away' && covers(sibling, this.of.opened.aliveAt);
    return isCovered ? sibling.parts : new Set();
  }

  /** `away`: the database does not say. */
  private async sibling(parts: readonly string[]): Promise<SiblingLine | 'away' | undefined> {
    if (parts.length === 0 || !this.of.opened.isDoubled) return undefined;
    try {
      return await this.our.store.sibling(this.of.opened, parts);
    } catch (error) {
      logFailure(this.our.log, 'socket.sibling_failed', error, this.named);
      return 'away';
    }
  }

  private read(reply: SocketReply, askedAt: Instant): readonly PartThatGoesOn[] | undefined {
    if (reply.kind !== 'replied' || reply.status >= 300) return undefined;
    try {
      return this.of.protocol.readWhatGoesOn(reply.body, askedAt);
    } catch (error) {
      logFailure(this.our.log, 'socket.census_unreadable', error, this.named);
      return undefined;
    }
  }

  private get named() {
    const { connectionId, tenantId, line } = this.of.opened;
    return { connectionId, tenantId, line };
  }
}
