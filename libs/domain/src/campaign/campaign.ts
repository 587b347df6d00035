/**
 * A campaign: a list of people to call, and how. What it is set to is kept as JSON in which every member is there. Source: design
 * "Dialer".
 */
import { DEFAULT_DIAL_RULES, type DialRules } from '../dialling/dial-rules.js';
import { effectiveRules } from '../dialling/effective-rules.js';
import { DEFAULT_RETRY, type RetryPolicy } from '../dialling/retry-policy.js';
import type { DispositionRule } from './disposition-rule.js';
import type { Announcement } from '../order/order.js';
import { DEFAULT_PACING, type PacingSettings } from '../pacing/pacing.js';

export const CAMPAIGN_MODES = ['preview', 'progressive', 'predictive', 'message', 'callback'] as const;
/**
 * - `preview`: an agent sees who is next and decides; the agent's phone rings first.
 * - `progressive`: one call for each free agent, whose phone rings first.
 * - `predictive`: the lead's phone rings first, and whoever answers is put through to the queue.
 * - `message`: whoever answers hears a recording.
 * - `callback`: leads wait until somebody of the queue is free, and are then put through to it.
 */
export type CampaignMode = (typeof CAMPAIGN_MODES)[number];

export const AGENT_PRESENCES = ['login', 'always'] as const;
/** Whose phone may be rung: whoever said that they are there, or every member that did not say that they are not. */
export type AgentPresence = (typeof AGENT_PRESENCES)[number];

export interface CampaignSettings {
  rules: DialRules;
  retry: RetryPolicy;
  pacing: PacingSettings;
  presence: AgentPresence;
  /** The PBX's word of the queue that answered leads are put through to. */
  queue: string | null;
  /** Shown to leads where nothing better is known. */
  callerId: string | null;
  /** By ISO 3166-1 alpha-2 of the number that is dialled; the first one is shown. */
  callerIds: Readonly<Record<string, readonly string[]>>;
  /** How long a lead's phone rings. */
  ringSeconds: number;
  /** How long an agent's does. */
  agentRingSeconds: number;
  /** How long they may talk; null: as the PBX has it. */
  maxSeconds: number | null;
  record: boolean | null;
  /** What an agent has after a call before the next one. */
  wrapSeconds: number;
  /** `message`: what is played. */
  announcement: Announcement | null;
  /** Told with every call of the campaign; a lead's own data goes before. */
  variables: Readonly<Record<string, string>>;
  /** What words that are said about leads come to. */
  dispositions: Readonly<Record<string, DispositionRule>>;
}

export const DEFAULT_CAMPAIGN_SETTINGS: CampaignSettings = {
  rules: DEFAULT_DIAL_RULES,
  retry: DEFAULT_RETRY,
  pacing: DEFAULT_PACING,
  presence: 'login',
  queue: null,
  callerId: null,
  callerIds: {},
  ringSeconds: 25,
  agentRingSeconds: 20,
  maxSeconds: null,
  record: null,
  wrapSeconds: 5,
  announcement: null,
  variables: {},
  dispositions: {},
};

/** As it was kept, also by a build that did not know all of today's members. */
export function campaignSettingsOf(kept: unknown): CampaignSettings {
  const known = (kept ?? {}) as Partial<CampaignSettings>;
  return {
    ...DEFAULT_CAMPAIGN_SETTINGS,
    ...known,
    rules: { ...DEFAULT_DIAL_RULES, ...known.rules },
    retry: { ...DEFAULT_RETRY, ...known.retry },
    pacing: { ...DEFAULT_PACING, ...known.pacing },
  };
}

/** Sentences about what a campaign of this mode cannot do without; empty for none. */
export function campaignProblems(
  mode: CampaignMode,
  { queue, announcement, rules }: Pick<CampaignSettings, 'queue' | 'announcement' | 'rules'>,
): { field: string; reason: string }[] {
  const problems: { field: string; reason: string }[] = [];
  if ((mode === 'predictive' || mode === 'callback') && queue === null) {
    problems.push({ field: 'queue', reason: `A ${mode} campaign puts leads through to a queue: say which.` });
  }
  if (mode === 'message' && announcement === null) {
    problems.push({ field: 'announcement', reason: 'A message campaign plays a recording: say which.' });
  }
  if (mode === 'predictive' && effectiveRules(rules).agentFirst) {
    const reason =
      'By its rules an agent is dialled before the lead, which a predictive campaign does not do: take a progressive one.';
    problems.push({ field: 'rules', reason });
  }
  return problems;
}

/** The lead's phone rings before anybody of ours is on the line. */
export function isLeadFirst(mode: CampaignMode): boolean {
  return mode === 'predictive' || mode === 'message' || mode === 'callback';
}

/**
 * How a campaign is dialled: as it is set, and no milder than its rules with their packs want. Where those want an agent on the
 * line first, no lead is rung before one is.
 */
export function asDialled(
  mode: CampaignMode,
  settings: CampaignSettings,
): { mode: CampaignMode; settings: CampaignSettings } {
  const { agentFirst, minRingSeconds, abandonTarget, answerWithinMs } = effectiveRules(settings.rules);
  const { pacing } = settings;
  return {
    mode: mode === 'predictive' && agentFirst ? 'progressive' : mode,
    settings: {
      ...settings,
      ringSeconds: Math.max(settings.ringSeconds, minRingSeconds),
      pacing: {
        ...pacing,
        abandonTarget: Math.min(pacing.abandonTarget, abandonTarget),
        waitLimitMs: Math.min(pacing.waitLimitMs, answerWithinMs),
      },
    },
  };
}

/** What the dialer did at its last look, and why: shown to whoever asks why it is not dialling. */
export interface CampaignStanding {
  /** Epoch milliseconds. */
  at: number;
  /** What decides: a rule of the pacing, or the first thing that stands in the way. */
  rule: string;
  /** A sentence for people. */
  why: string;
  /** When it goes on by itself; null: not by itself, or at once. */
  nextAt: number | null;
  agents: { members: number; free: number; busy: number };
  /** Calls that ring, and those that were answered. */
  calls: { dialling: number; talking: number; waiting: number };
  placed: number;
  /** How many calls it would have placed, had its PBX's account been its alone. */
  wanted: number;
}
