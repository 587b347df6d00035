import {
  callerIdOfLead,
  effectiveRules,
  type CampaignSettings,
  type Instant,
  type WorkerPhone,
} from '#domain';
import type { Gate, TakenLead } from '#db';

const HIDDEN = /^anonymous$/i;

/** Which caller ids are shown, where the rules let each be shown so often in a day only. */
export class CallerIds {
  private readonly most: number | null;
  private readonly shown: Map<string, { uses: number; oldestAt: Instant }>;

  constructor(
    before: Gate['shown'],
    private readonly settings: CampaignSettings,
    private readonly now: Instant,
  ) {
    this.most = effectiveRules(settings.rules).callerIdPerDay;
    this.shown = new Map(before);
  }

  /** The lead with what it is shown; one that is not spent comes before one that is. */
  chosenFor(one: TakenLead, worker: WorkerPhone | null): TakenLead {
    const { most } = this;
    if (most === null) return one;
    const isSpent = (callerId: string) => (this.shown.get(callerId)?.uses ?? 0) >= most;
    const callerId = callerIdOfLead(this.settings, one.lead, worker, isSpent);
    const shown = (callerId === null || HIDDEN.test(callerId) ? undefined : this.shown.get(callerId)) ?? null;
    return { ...one, lead: { ...one.lead, callerId }, facts: { ...one.facts, shown } };
  }

  show(callerId: string | null): void {
    if (this.most === null || callerId === null) return;
    const { uses, oldestAt } = this.shown.get(callerId) ?? { uses: 0, oldestAt: this.now };
    this.shown.set(callerId, { uses: uses + 1, oldestAt });
  }
}
