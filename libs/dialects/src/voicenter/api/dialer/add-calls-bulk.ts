/** Many customers at once (seed 6.11; how many, and `AddResult`, are in the vendor's newer documents). */
import type { AskedLead, LeadProblem, Told } from '#domain';
import type { AnyRequest } from '../../../content/any-request.js';
import { membersOf } from '../../../content/members.js';
import { text } from '../../../content/scalars.js';
import type { FacadeReply, FacadeSettings, Presented } from '../../../facade.js';
import { jsonReply } from '../replies.js';
import { asks, invalid, type AskReading } from '../api-route.js';
import { bulkItems, isItem } from './bulk-items.js';
import { dialerRoute } from './dialer-route.js';
import { FINE, verdictOn } from './dialer-reply.js';
import { noLead, readLead } from './read-lead.js';

const MOST_ITEMS = 100_000;
/** Of so many the vendor tells what became of each. */
const MOST_TOLD = 3000;
const MOST_BYTES = 64 * 1024 * 1024;
/** Any campaign of the tenant's says who asks. */
const MOST_OTHERS = 10;
const CAMPAIGN = 'campaign';
const CODE = 'code';

export const addCallsBulk = dialerRoute({
  method: 'AddCallsBulk',
  kind: 'add_leads',
  changes: true,
  ofCall: true,
  jsonOnly: true,
  mostBytes: MOST_BYTES,
  presentedIn,
  read,
  write: (told) => write(told),
});

function read(asked: AnyRequest, settings: FacadeSettings | null): AskReading {
  const items = bulkItems(asked);
  if (items.length === 0) return invalid('body', 'There is no call in it.');
  if (items.length > MOST_ITEMS) {
    return invalid('body', `${items.length} calls came, and at most ${MOST_ITEMS} are taken at once.`);
  }
  // While it is not known whose they are nobody wants to know more than that they are there.
  if (settings === null) return asks({ kind: 'add_leads', items: [], isBulk: true });
  const { epochs } = settings;
  const leads = items.map((item): AskedLead => (isItem(item) ? readLead(membersOf(item), epochs) : noLead()));
  return asks({ kind: 'add_leads', items: leads, isBulk: true });
}

/** Null where none is named. */
function presentedIn(asked: AnyRequest): Presented | null {
  const campaigns = new Set<string>();
  const named = asked.fields.text(CAMPAIGN);
  if (named !== null) campaigns.add(named);
  let code = asked.fields.text(CODE);
  for (const item of bulkItems(asked)) {
    if (campaigns.size > MOST_OTHERS) break;
    if (!isItem(item)) continue;
    for (const [name, value] of membersOf(item)) {
      if (name.length !== CAMPAIGN.length && (code !== null || name.length !== CODE.length)) continue;
      const word = name.toLowerCase();
      const said = word === CAMPAIGN || word === CODE ? text(value) : null;
      if (said === null) continue;
      if (word === CAMPAIGN) campaigns.add(said);
      else code ??= said;
    }
  }
  const [campaign, ...others] = campaigns;
  return campaign === undefined ? null : { kind: 'campaign', campaign, code, others };
}

/**
 * Fine where any was taken, as what is wrong with others is told beside it: of each where they are few, and of many only of
 * those that were not taken.
 */
function write(told: Told): FacadeReply {
  const results = told.kind === 'add_leads' ? told.results : [];
  const wrong = results.filter(({ problem }) => problem !== null);
  const verdict = wrong.length < results.length ? FINE : verdictOn(wrong[0]?.problem ?? 'failed');
  const shown = results.length <= MOST_TOLD ? results : wrong.slice(0, MOST_TOLD);
  return jsonReply(shown.length === 0 ? verdict : { ...verdict, AddResult: shown.map(resultOf) });
}

function resultOf({ target, problem }: { target: string; problem: LeadProblem | null }) {
  return { Target: target, ...verdictOn(problem) };
}
