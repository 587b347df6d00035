import type { CallId, DeliveryId } from '#domain';
import type { DueDelivery } from '#db';

/**
 * The letters that one drain has in hand: which may be started, which are under way, and whose calls are busy. Keeps the
 * order of a call: the next event of it starts only when the one before is recorded.
 */
export class EndpointRun {
  private buffer: DueDelivery[] = [];
  private readonly inHand = new Set<DeliveryId>();
  private readonly started = new Set<DeliveryId>();
  private readonly busyCalls = new Set<CallId>();
  /** Calls whose event of this sequence failed: a read that began before that was written down may bring later ones. */
  private readonly failedAt = new Map<CallId, number>();
  private sending = 0;
  private wake: (() => void) | undefined;

  constructor(private readonly ordered: boolean) {}

  /** Everything that a new read must leave out. */
  get known(): DeliveryId[] {
    return [...this.inHand];
  }

  /** In the buffer, under way, or sent and not yet written down: what would be sent twice if we died now, and more. */
  get held(): number {
    return this.inHand.size;
  }

  /** Started, and not yet written down. */
  get underWay(): ReadonlySet<DeliveryId> {
    return this.started;
  }

  get buffered(): number {
    return this.buffer.length;
  }

  get sendingNow(): number {
    return this.sending;
  }

  /** Nothing in the buffer, nothing under way, nothing still to be recorded. */
  get idle(): boolean {
    return this.inHand.size === 0;
  }

  add(deliveries: readonly DueDelivery[]): void {
    for (const delivery of deliveries) {
      if (this.comesTooEarly(delivery)) continue;
      this.inHand.add(delivery.id);
      this.buffer.push(delivery);
    }
  }

  /** The next delivery whose call is not busy, marked as started; undefined when there is none. */
  start(): DueDelivery | undefined {
    const index = this.buffer.findIndex(
      ({ callId }) => !this.ordered || callId === null || !this.busyCalls.has(callId),
    );
    if (index < 0) return undefined;
    const [delivery] = this.buffer.splice(index, 1);
    if (delivery) this.started.add(delivery.id);
    if (delivery?.callId != null) this.busyCalls.add(delivery.callId);
    this.sending += 1;
    return delivery;
  }

  /** The answer is here: its place is free, its call is not yet. */
  sent(): void {
    this.sending -= 1;
    this.notify();
  }

  /**
   * It is written down, or given up.
   * @param blocksCall  it will be tried again: the later events of its call, read with it, must wait for that
   */
  settled(delivery: DueDelivery, blocksCall: boolean): void {
    this.inHand.delete(delivery.id);
    this.started.delete(delivery.id);
    if (delivery.callId !== null && this.ordered) {
      if (blocksCall) this.dropCall(delivery.callId);
      if (blocksCall) this.failedAt.set(delivery.callId, delivery.sequence);
      else this.failedAt.delete(delivery.callId);
      this.busyCalls.delete(delivery.callId);
    }
    this.notify();
  }

  /** Leaves what was not started to a later drain. @returns how many these were */
  dropBuffer(): number {
    const left = this.buffer.length;
    for (const { id } of this.buffer) this.inHand.delete(id);
    this.buffer = [];
    return left;
  }

  /** Resolves at the next `sent`, `settled` or `notify`, at the latest after `withinMs`. */
  changed(withinMs?: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = withinMs === undefined ? undefined : setTimeout(() => this.notify(), withinMs);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  notify(): void {
    this.wake?.();
    this.wake = undefined;
  }

  private comesTooEarly({ callId, sequence }: DueDelivery): boolean {
    return callId !== null && sequence > (this.failedAt.get(callId) ?? Infinity);
  }

  private dropCall(callId: CallId): void {
    this.buffer = this.buffer.filter((delivery) => {
      if (delivery.callId !== callId) return true;
      this.inHand.delete(delivery.id);
      return false;
    });
  }
}
