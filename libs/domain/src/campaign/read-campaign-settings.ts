import { isObject } from '../document/shape.js';
import { readDocument, type DialProblem } from '../dialling/read-document.js';
import { campaignProblems, type CampaignMode, type CampaignSettings } from './campaign.js';
import { campaignSettings } from './campaign-settings-shape.js';

/** They have members of their own, each of which may be changed by itself. */
const NESTED = ['rules', 'retry', 'pacing'] as const;

/**
 * Reads what somebody wants a campaign to be set to. What is left out stays as it was before, and has its default where there is no
 * before; of `rules`, `retry` and `pacing` so has each member. Problems name the path of the member, and what the mode cannot do
 * without is one of them. Never throws.
 */
export function readCampaignSettings(
  mode: CampaignMode,
  document: unknown,
  before?: CampaignSettings,
): { settings: CampaignSettings } | { problems: DialProblem[] } {
  const reading = readDocument(
    campaignSettings,
    before === undefined ? document : laidOver(before, document),
  );
  if ('problems' in reading) return reading;
  const missing = campaignProblems(mode, reading.read);
  if (missing.length === 0) return { settings: reading.read };
  return { problems: missing.map(({ field, reason }) => ({ path: field, reason })) };
}

function laidOver(before: CampaignSettings, document: unknown): unknown {
  if (!isObject(document)) return document;
  const nested = NESTED.flatMap((name) => {
    const given = document[name];
    return isObject(given) ? [[name, { ...before[name], ...given }] as const] : [];
  });
  return { ...before, ...document, ...Object.fromEntries(nested) };
}
