import {
  instant,
  isLeadFirst,
  judgedAgainAt,
  judgeOrder,
  mayDial,
  orderOfLead,
  ownShare,
  questionOfLead,
  type CampaignMode,
  type CampaignSettings,
  type Instant,
  type OrderId,
  type WorkerPhone,
} from '#domain';
import type { Decided, Gate, HeldLead, NewAttempt, TakenLead } from '#db';
import { CallerIds } from './caller-ids.js';

export interface DialContext {
  mode: CampaignMode;
  settings: CampaignSettings;
  /** How many to dial. */
  place: number;
  /** Phones of free agents, who has been free for longest first; one for each lead where the agent's phone rings first. */
  free: readonly WorkerPhone[];
  /** In [0, 1). */
  chance: number;
  newId: () => OrderId;
  paceKey: (phone: string, now: Instant) => string;
}

/** Somebody else's order has the number: it is over soon. */
const OPEN_CALL_WAIT_MS = 60_000;

/** Which of the leads that were taken are dialled now, and which a rule holds back. Pure but for the ids of new attempts. */
export function decideDials(
  gate: Gate,
  taken: readonly TakenLead[],
  now: Instant,
  context: DialContext,
): Decided {
  const { mode, settings, place } = context;
  const send: NewAttempt[] = [];
  const hold: HeldLead[] = [];
  const { others } = gate;
  const account = { ...gate.account, underWay: gate.underWay };
  const share = ownShare(account, place, others, { now, chance: context.chance });
  // Another campaign may have had the phone rung since it was looked at.
  const agents = isLeadFirst(mode)
    ? null
    : context.free.filter(({ extension }) => !gate.takenPhones.includes(extension));
  let { bucket } = gate.account;
  let { underWay } = gate;
  const showing = new CallerIds(gate.shown, settings, now);
  for (const found of taken) {
    if (send.length >= Math.min(place, share) || agents?.length === 0) break;
    const one = showing.chosenFor(found, agents?.[0] ?? null);
    const held = heldBack(one, gate, now, context);
    if (held !== null) {
      hold.push(held);
      continue;
    }
    const verdict = judgeOrder({
      now,
      account: { ...gate.account, bucket },
      underWay,
      onList: [],
      isOpen: false,
    });
    // The rate, or the account: whoever comes behind would wait for the same.
    if (verdict.verdict !== 'send') break;
    ({ bucket } = verdict);
    underWay += 1;
    const worker = agents?.shift() ?? null;
    const extension = worker?.extension ?? null;
    const { lead } = one;
    const order = orderOfLead(mode, settings, lead, worker);
    showing.show(lead.callerId);
    const paceKey = context.paceKey(lead.phone, now);
    send.push({ id: context.newId(), leadId: lead.id, order, phone: lead.key, extension, paceKey });
  }
  return { send, hold, bucket };
}

function heldBack(
  { lead, facts, retryAt }: TakenLead,
  { state }: Gate,
  now: Instant,
  { mode, settings }: DialContext,
): HeldLead | null {
  if (facts.isOpen) {
    const reason = 'Another order calls this number, or its call is not over.';
    return {
      id: lead.id,
      state: 'waiting',
      gate: 'open_call',
      reason,
      nextAt: instant(now + OPEN_CALL_WAIT_MS),
    };
  }
  const waits = { ...lead, state: 'waiting', notBefore: retryAt } as const;
  const question = questionOfLead({ state, mode, settings }, waits, facts, now);
  const verdict = mayDial(question);
  if (verdict.may) return null;
  const { gate, reason } = verdict;
  const nextAt = judgedAgainAt(question, verdict);
  if (nextAt !== null) return { id: lead.id, state: 'waiting', gate, reason, nextAt };
  return { id: lead.id, state: gate === 'number' ? 'invalid' : 'given_up', gate, reason, nextAt: null };
}
