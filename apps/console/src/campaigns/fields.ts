import type { CampaignDto } from '../api/operations';

type Mode = CampaignDto['mode'];

/** How a setting is written in a form. Each is a text there: an empty one is "none". */
export type FieldKind =
  | 'text'
  | 'whole'
  /** A share, as a percentage. */
  | 'percent'
  | 'choice'
  | 'flag'
  /** One a line. */
  | 'lines'
  /** `name = value`, one a line. */
  | 'pairs'
  /** `IL: +97239300000, +97239300001`, one a line. */
  | 'byCountry'
  /** `3 / 24`, one a line: so many calls in so many hours. */
  | 'caps'
  /** `09:00-13:00, 14:00-20:00` */
  | 'ranges'
  /** `10, 20, 60` */
  | 'wholes';

export interface Field {
  /** Of the member in the campaign's settings. */
  path: string;
  kind: FieldKind;
  /** Of `choice`. */
  of?: readonly string[];
  /** Modes in which it means anything; all of them without. */
  modes?: readonly Mode[];
  /** Modes that cannot do without it. */
  required?: readonly Mode[];
}

const QUEUED: readonly Mode[] = ['predictive', 'callback'];
const AGENT_FIRST: readonly Mode[] = ['preview', 'progressive'];
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export const TRY_RESULTS = [
  ...['missed', 'busy', 'voicemail', 'abandoned', 'failed', 'cancelled', 'unknown', 'refused', 'not_placed'],
] as const;

const field = (path: string, kind: FieldKind, more: Omit<Field, 'path' | 'kind'> = {}): Field => ({
  path,
  kind,
  ...more,
});

/** All settings of a campaign but the words, by what they are about. */
export const FIELDS = {
  calls: [
    field('callerId', 'text'),
    field('callerIds', 'byCountry'),
    field('queue', 'text', { modes: QUEUED, required: QUEUED }),
    field('presence', 'choice', { of: ['login', 'always'] }),
    field('ringSeconds', 'whole'),
    field('agentRingSeconds', 'whole', { modes: AGENT_FIRST }),
    field('wrapSeconds', 'whole'),
    field('maxSeconds', 'whole'),
    field('record', 'choice', { of: ['', 'true', 'false'] }),
    field('variables', 'pairs'),
  ],
  message: [
    field('announcement.before', 'text', { modes: ['message'] }),
    field('announcement.digits', 'text', { modes: ['message'] }),
    field('announcement.between', 'text', { modes: ['message'] }),
    field('announcement.after', 'text', { modes: ['message'] }),
  ],
  pacing: [
    field('pacing.method', 'choice', { of: ['planner', 'adaptive', 'progressive'], modes: ['predictive'] }),
    field('pacing.abandonTarget', 'percent', { modes: ['predictive'] }),
    field('pacing.maxLines', 'whole'),
    field('pacing.startCoefficient', 'text', { modes: ['predictive'] }),
    field('pacing.waitingCap', 'whole', { modes: ['predictive'] }),
    field('pacing.waitLimitMs', 'whole', { modes: ['predictive'] }),
  ],
  hours: [
    ...DAYS.map((day) => field(`rules.windows.${day}`, 'ranges')),
    field('rules.zone', 'text'),
    field('rules.holidays', 'lines'),
  ],
  attempts: [
    field('rules.maxAttempts', 'whole'),
    field('rules.maxPhoneAttempts', 'whole'),
    field('rules.maxPerPhone', 'caps'),
    field('rules.minGapMinutes', 'whole'),
    field('rules.dropQuietHours', 'whole'),
    field('rules.talkQuietHours', 'whole'),
    field('rules.callerIdPerDay', 'whole'),
  ],
  whom: [
    field('rules.neverDial', 'lines'),
    field('rules.requireConsent', 'choice', { of: ['never', 'automated', 'always'] }),
    field('rules.consentDays', 'whole'),
    field('rules.registryDays', 'whole'),
  ],
  promises: [
    field('rules.abandonTarget', 'percent'),
    field('rules.answerWithinMs', 'whole'),
    field('rules.minRingSeconds', 'whole'),
    field('rules.agentFirst', 'flag'),
  ],
  retry: [
    field('retry.jitter', 'percent'),
    ...TRY_RESULTS.flatMap((result) => [
      field(`retry.results.${result}.delays`, 'wholes'),
      field(`retry.results.${result}.max`, 'whole'),
      field(`retry.results.${result}.otherDayPart`, 'flag'),
    ]),
  ],
} as const satisfies Readonly<Record<string, readonly Field[]>>;

export type Group = keyof typeof FIELDS;

export function fieldsOf(groups: readonly Group[], mode: Mode): Field[] {
  const all: Field[] = groups.flatMap((group): readonly Field[] => FIELDS[group]);
  return all.filter(({ modes }) => modes?.includes(mode) ?? true);
}
