import { NOTHING_FED, feedChange, instant, type AgentId, type FeedNow } from '#domain';
import type { FeedOwner, FeedStore, LiveBell, SaidByPbx } from '#db';
import type { Clock } from '#platform';
import type { FeedTold } from '#pbx';
import { feedNowOf, foldTold, NOTHING_TOLD } from './fold-told.js';
import { statesOfPhones } from './states-of-phones.js';

export interface HearingParts {
  store: Pick<FeedStore, 'people' | 'say' | 'mark' | 'hear'>;
  bell: Pick<LiveBell, 'ring'>;
  clock: Pick<Clock, 'now'>;
}

/** Writes down what one session tells, where it is other than what it told before. */
export class Hearing {
  private told = NOTHING_TOLD;
  private written: FeedNow = NOTHING_FED;
  private isUp = false;
  private readonly said = new Map<AgentId, string>();

  constructor(
    private readonly parts: HearingParts,
    private readonly owner: FeedOwner,
  ) {}

  /** @throws Error where the lease was lost: then somebody else writes */
  readonly hear = async (news: FeedTold): Promise<void> => {
    const { store, clock } = this.parts;
    this.told = foldTold(this.told, news);
    if (!this.isUp) {
      this.settle(await store.mark(this.owner, { state: 'up', reason: null }));
      this.isUp = true;
    }
    const people = await store.people(this.owner.connectionId);
    if (people === undefined) return;
    const now = feedNowOf(this.told, people);
    const change = feedChange(this.written, now);
    if (change) {
      this.settle(await store.hear(this.owner, change));
      this.written = now;
    }
    const states = statesOfPhones(this.told.phones.values(), people, instant(clock.now()));
    const fresh = [...states.values()].filter((said) => this.said.get(said.agentId) !== keyOf(said));
    if (fresh.length === 0) return;
    this.settle(await store.say(this.owner, fresh));
    for (const said of fresh) this.said.set(said.agentId, keyOf(said));
  };

  private settle({ held, heard }: { held: boolean; heard: boolean }): void {
    if (!held) throw new Error('The lease of the channel was lost.');
    if (heard) this.parts.bell.ring(this.owner.tenantId);
  }
}

/** What somebody set by hand stays until the PBX says something else than before. */
function keyOf({ status, extension }: SaidByPbx): string {
  return JSON.stringify([status, extension]);
}
