/** What a campaign is set to, as it is written, each member with what stands for it when it is left out. */
import { dialRules } from '../dialling/dial-rules-shape.js';
import { retryPolicy } from '../dialling/retry-policy-shape.js';
import { flag, fraction, listOf, members, named, oneOf, or, orNull, text, whole } from '../document/shape.js';
import type { Shape } from '../document/shape.js';
import type { Announcement } from '../order/order.js';
import { orderVariables } from '../order/order-variables-shape.js';
import { DEFAULT_PACING, PACING_METHODS, type PacingSettings } from '../pacing/pacing.js';
import { DISPOSITION_STEPS, type DispositionRule } from './disposition-rule.js';
import { AGENT_PRESENCES, DEFAULT_CAMPAIGN_SETTINGS as DEFAULT, type CampaignSettings } from './campaign.js';

/** A phone may ring for so long by every vendor's API. */
const ring = whole({ min: 5, max: 300 });
const DAY_SECONDS = 86_400;

const callerId = text({
  max: 32,
  like: /^\+?\d{2,31}$/,
  says: 'a number to show, of digits and perhaps a plus before them',
});
const callerIds = named(listOf(callerId, { min: 1, max: 100 }), {
  max: 300,
  name: /^[A-Z]{2}$/,
  says: 'it has to be a country by ISO 3166-1 alpha-2, such as "IL"',
});
const MOST_MINUTES = 366 * 24 * 60;
const dispositions = named(
  members<DispositionRule>({
    then: oneOf(...DISPOSITION_STEPS),
    afterMinutes: orNull(whole({ min: 1, max: MOST_MINUTES }), null),
  }),
  {
    max: 100,
    name: /^(?=.{1,100}$)\S(.*\S)?$/u,
    says: 'a word of up to 100 characters, without blanks around it',
  },
);
const recording = orNull(text({ max: 128 }), null);

const announcement = members<Announcement>({
  before: recording,
  digits: orNull(text({ max: 64, like: /^\d+$/, says: 'digits' }), null),
  between: recording,
  after: recording,
});

const pacing = members<PacingSettings>({
  method: or(oneOf(...PACING_METHODS), DEFAULT_PACING.method),
  abandonTarget: or(fraction({ min: 0.001, max: 0.1 }), DEFAULT_PACING.abandonTarget),
  maxLines: orNull(whole({ min: 1, max: 10_000 }), DEFAULT_PACING.maxLines),
  startCoefficient: orNull(fraction({ min: 1, max: 10 }), DEFAULT_PACING.startCoefficient),
  waitingCap: orNull(whole({ min: 1, max: 10_000 }), DEFAULT_PACING.waitingCap),
  waitLimitMs: or(whole({ min: 0, max: 60_000 }), DEFAULT_PACING.waitLimitMs),
});

export const campaignSettings: Shape<CampaignSettings> = members<CampaignSettings>({
  rules: (value, at) => dialRules(value ?? {}, at),
  retry: (value, at) => retryPolicy(value ?? {}, at),
  pacing: (value, at) => pacing(value ?? {}, at),
  presence: or(oneOf(...AGENT_PRESENCES), DEFAULT.presence),
  queue: orNull(text({ max: 64 }), DEFAULT.queue),
  callerId: orNull(callerId, DEFAULT.callerId),
  callerIds: or(callerIds, DEFAULT.callerIds),
  ringSeconds: or(ring, DEFAULT.ringSeconds),
  agentRingSeconds: or(ring, DEFAULT.agentRingSeconds),
  maxSeconds: orNull(whole({ min: 1, max: DAY_SECONDS }), DEFAULT.maxSeconds),
  record: orNull(flag, DEFAULT.record),
  wrapSeconds: or(whole({ min: 0, max: 3_600 }), DEFAULT.wrapSeconds),
  announcement: orNull(announcement, DEFAULT.announcement),
  variables: or(orderVariables, DEFAULT.variables),
  dispositions: or(dispositions, DEFAULT.dispositions),
});
