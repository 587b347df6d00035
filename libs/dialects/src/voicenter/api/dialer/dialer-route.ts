/** What the fifteen methods of the vendor's dialer have in common (seed section 6). */
import type { AskKind, AskResult, CampaignAsk, Told } from '#domain';
import type { AnyRequest } from '../../../content/any-request.js';
import type { FacadeReply, FacadeRoute, FacadeSettings, Manner, Presented } from '../../../facade.js';
import { invalid, missing, type ApiRoute, type AskReading, type Refusal } from '../api-route.js';
import { WRONG_KIND } from '../failure-words.js';
import { dialerReply, FINE, unexpected, verdictOnFailure } from './dialer-reply.js';
import { jsonFault } from './json-fault.js';
import { presentedCampaign } from './presented-campaign.js';

const LONGEST_CAMPAIGN = 256;
const JSON_ONLY = 'This method takes JSON only.';

export interface DialerMethod {
  /** As the vendor spells it. */
  method: string;
  kind: CampaignAsk['kind'];
  changes: boolean;
  /** It is about one customer's call, or several. */
  ofCall?: boolean;
  jsonOnly?: boolean;
  mostBytes?: number;
  /** By default the one that is named beside everything else. */
  presentedIn?: (asked: AnyRequest) => Presented | null;
  read: (asked: AnyRequest, settings: FacadeSettings | null) => AskReading;
  /** What the answer's `Data` is; absent where it has none. */
  data?: (told: Told, settings: FacadeSettings | null) => unknown;
  /** Instead of all that. */
  write?: (told: Told, manner: Manner) => FacadeReply;
}

export function dialerRoute(method: DialerMethod): ApiRoute {
  return {
    route: routeOf(method),
    mannerOf: ({ problem }, { body }) => (problem === null ? {} : { fault: jsonFault(body) ?? problem }),
    presentedIn: method.presentedIn ?? presentedCampaign,
    read: (asked, settings) => {
      if (asked.problem !== null) return invalid('body', asked.problem);
      if (method.jsonOnly === true && asked.format !== 'json') return invalid('body', JSON_ONLY);
      return method.read(asked, settings);
    },
    write: (result, manner, settings) => write(result, method, { manner, settings }),
  };
}

/** The code of the campaign that it is about. */
export function campaignOf({ fields }: AnyRequest): { ok: true; campaign: string } | Refusal {
  const campaign = fields.text('campaign');
  if (campaign === null) return missing('Campaign');
  if (campaign.length > LONGEST_CAMPAIGN) return invalid('campaign', 'Campaign is too long.');
  return { ok: true, campaign };
}

function routeOf({ method, changes, mostBytes }: DialerMethod): FacadeRoute {
  return {
    name: `dialer-${method.toLowerCase()}`,
    paths: [`/forwarddialer/dialer/${method.toLowerCase()}`],
    methods: ['GET', 'POST'],
    changes,
    ...(mostBytes !== undefined && { mostBytes }),
  };
}

interface HowAsked {
  /** `fault`: why the body cannot be read. Nobody's code can be read then either, and who sent it is to know all the same. */
  manner: Manner;
  settings: FacadeSettings | null;
}

function write(result: AskResult, method: DialerMethod, { manner, settings }: HowAsked): FacadeReply {
  const { kind, ofCall = false, data, write: writeTold } = method;
  if (!result.ok) {
    const { failure } = result;
    const isUnread =
      failure.code === 'unauthorised' || (failure.code === 'invalid' && failure.field === 'body');
    return typeof manner['fault'] === 'string' && isUnread
      ? dialerReply(unexpected(manner['fault']))
      : dialerReply(verdictOnFailure(failure, ofCall));
  }
  const { told } = result;
  if (!isOfKind(told, kind)) return dialerReply(verdictOnFailure(WRONG_KIND, ofCall));
  return writeTold?.(told, manner) ?? dialerReply(FINE, data?.(told, settings));
}

function isOfKind(told: Told, kind: AskKind): boolean {
  return told.kind === kind;
}
