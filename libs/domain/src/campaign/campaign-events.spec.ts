import { describe, expect, it } from '@jest/globals';
import { id, instant, type CampaignId, type ConnectionId } from '../ids.js';
import type { CampaignStanding } from './campaign.js';
import { STATISTICS_EVERY_MS, campaignNews, campaignToldOf, type SeenCampaign } from './campaign-events.js';

const seen: SeenCampaign = {
  ...{ id: id<CampaignId>('c'), connectionId: id<ConnectionId>('k'), name: 'Spring', mode: 'predictive' },
  state: 'running',
};
const standing = (dialling = 0): CampaignStanding => ({
  ...{ at: 0, rule: 'planner', why: 'It dials.', nextAt: null, placed: 0, wanted: 0 },
  agents: { members: 1, free: 1, busy: 0 },
  calls: { dialling, talking: 0, waiting: 0 },
});
const look = (
  before: unknown,
  {
    state = 'running',
    isAtEnd = false,
    dialling = 0,
    at = 0,
  }: Partial<{
    state: SeenCampaign['state'];
    isAtEnd: boolean;
    dialling: number;
    at: number;
  }>,
) => {
  const facts = { standing: standing(dialling), finished: [], isAtEnd, now: instant(at) };
  const { told, news } = campaignNews(campaignToldOf(before), { ...seen, state }, facts);
  return { told, types: news.map(({ type }) => type) };
};

describe('campaignNews', () => {
  it('tells each state once, and of one that was never started nothing', () => {
    expect(look({}, { state: 'stopped' }).types).toEqual([]);
    const first = look({}, {});
    expect(first.types).toEqual(['campaign.started']);
    expect(look(first.told, {}).types).toEqual([]);
    const last = look(first.told, { isAtEnd: true });
    expect(last.types).toEqual(['campaign.finished']);
    expect(look(last.told, { isAtEnd: true }).types).toEqual([]);
    expect(look(last.told, {}).types).toEqual(['campaign.started']);
    expect(look(last.told, { state: 'deleted' }).types).toEqual(['campaign.stopped']);
  });

  it('tells statistics while calls go on, and not again before their time', () => {
    const first = look({ state: 'campaign.started' }, { dialling: 1, at: 5 });
    expect(first.types).toEqual(['campaign.statistics']);
    expect(look(first.told, { dialling: 1, at: 4 + STATISTICS_EVERY_MS }).types).toEqual([]);
    expect(look(first.told, { at: 5 + STATISTICS_EVERY_MS }).types).toEqual([]);
    expect(look(first.told, { dialling: 1, at: 5 + STATISTICS_EVERY_MS }).types).toEqual(first.types);
  });

  it('takes what is malformed for nothing told', () => {
    for (const kept of [null, 7, 'x', { state: 1, statisticsAt: 'x' }]) {
      expect(campaignToldOf(kept)).toEqual({ state: null, statisticsAt: null });
    }
  });
});
