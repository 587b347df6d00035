/** B6: twenty tenants share 10 calls a second. Nineteen want what is theirs, more or less; one wants a thousand a second. */
import { shareOut, wholeShares, type ShareCredit, type Sharer } from '#domain';
import type { DialBenchOptions } from './options.js';
import { Random } from './random.js';
import type { DialBenchReport } from './report.js';
import { percent, round } from './shifts.js';

const TENANTS = 20;
const PER_SECOND = 10;
const GUARANTEED = PER_SECOND / TENANTS;
/** Those who do not flood want on average this part of what is guaranteed to them. */
const USUAL = 0.8;

interface Waiting {
  id: string;
  /** When each call that waits was asked for. */
  since: number[];
  placed: number;
  longestS: number;
}

export function playB6({ seed, short }: DialBenchOptions): DialBenchReport {
  const seconds = short ? 600 : 8 * 3_600;
  const random = new Random(seed);
  const campaigns = Array.from({ length: 2 * TENANTS }, (_, at) => waitingFor(`${at >> 1}.${at & 1}`));
  let credit: ShareCredit = {};
  let overRate = 0;
  let placed = 0;
  for (let second = 0; second < seconds; second += 1) {
    for (const campaign of campaigns) ask(campaign, second, random);
    const shares = shareOut(PER_SECOND, accountOf(campaigns));
    const lowest = new Map(campaigns.map(({ id }) => [id, shares.get(id) ?? 0]));
    const round = wholeShares(lowest, credit, PER_SECOND);
    credit = round.credit;
    let now = 0;
    for (const campaign of campaigns) now += place(campaign, round.calls.get(campaign.id) ?? 0, second);
    if (now > PER_SECOND) overRate += 1;
    placed += now;
  }
  return reportOf({ campaigns, seconds, placed, overRate });
}

function waitingFor(id: string): Waiting {
  return { id, since: [], placed: 0, longestS: 0 };
}

const floods = ({ id }: { id: string }): boolean => id.startsWith('0.');

function ask({ id, since }: Waiting, second: number, random: Random): void {
  if (floods({ id })) {
    while (since.length < 500) since.push(second);
    return;
  }
  // A call now and then: a coin for each campaign and second.
  if (random.next() < (GUARANTEED * USUAL) / 2) since.push(second);
}

function place(campaign: Waiting, calls: number, second: number): number {
  const sent = campaign.since.splice(0, calls);
  for (const at of sent) campaign.longestS = Math.max(campaign.longestS, second - at);
  campaign.placed += sent.length;
  return sent.length;
}

function accountOf(campaigns: readonly Waiting[]): Sharer {
  const tenants = Array.from({ length: TENANTS }, (_, tenant) => ({
    id: String(tenant),
    guaranteed: GUARANTEED,
    limit: null,
    wanted: 0,
    parts: campaigns.slice(2 * tenant, 2 * tenant + 2).map(({ id, since }) => ({
      id,
      guaranteed: GUARANTEED / 2,
      limit: null,
      wanted: since.length,
    })),
  }));
  return { id: 'account', guaranteed: PER_SECOND, limit: PER_SECOND, wanted: 0, parts: tenants };
}

interface Played {
  campaigns: readonly Waiting[];
  seconds: number;
  placed: number;
  overRate: number;
}

function reportOf({ campaigns, seconds, placed, overRate }: Played): DialBenchReport {
  const usual = campaigns.filter((campaign) => !floods(campaign));
  const count = (list: readonly Waiting[]): number => list.reduce((sum, one) => sum + one.placed, 0);
  const left = usual.reduce((sum, { since }) => sum + since.length, 0);
  const figures = {
    used: percent(placed / (seconds * PER_SECOND)),
    floodPerSecond: round(count(campaigns.filter(floods)) / seconds, 2),
    othersPerSecond: round(count(usual) / seconds, 2),
    othersPlaced: percent(count(usual) / (count(usual) + left)),
    othersLongestWaitS: Math.max(...usual.map(({ longestS }) => longestS)),
    secondsOverRate: overRate,
  };
  return {
    figures,
    columns: Object.keys(figures),
    rows: [Object.values(figures).map(String)],
    bars: [],
    musts: [
      { what: 'never more than 10 calls in a second', met: overRate === 0 },
      { what: 'who wants what is theirs gets 99 % of it', met: figures.othersPlaced >= 99 },
      { what: 'what nobody else wants is lent: 99 % of the calls are used', met: figures.used >= 99 },
    ],
  };
}
