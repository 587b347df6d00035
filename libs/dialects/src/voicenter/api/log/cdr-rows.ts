/**
 * The CDRs that the vendor has of a call: one, or one for each step of a call that was placed in two, and one for each further
 * part that it went on in (seed, "Call types").
 */
import { callView, type CallLegView, type CallView, type LegKey, type ToldCall } from '#domain';
import { hasOwnCdr, wordsOfCdr, type Words } from './cdr-words.js';

/** What a CDR is written of: the whole call, or the part of it that the vendor would have told. */
type Part = Omit<CallView, 'id' | 'connectionId' | 'state' | 'legs' | 'notes' | 'raw'>;

/** A CDR before it is spelled. */
export interface CdrRow extends Words {
  part: Part;
  callId: string;
  transferOf: string | null;
  recordingUrls: readonly string[];
}

export function rowsOf({ call, callId, transferOf, recordingUrls, campaign }: ToldCall): CdrRow[] {
  const view = callView(call);
  const ofCampaign = (campaign ?? null) !== null;
  const row = (part: Part, key: LegKey | null, urls: readonly string[]): CdrRow => ({
    part,
    callId,
    transferOf,
    recordingUrls: urls,
    ...wordsOfCdr(part, key, ofCampaign),
  });
  const own = view.legs.filter(({ key }) => hasOwnCdr(key));
  // A view tells the parts of a call only where it has several.
  if (own.length === 0) return [row(view, call.legs[0]?.key ?? null, recordingUrls)];
  const rest = view.legs.filter(({ key }) => !hasOwnCdr(key));
  const [only] = rest;
  const main = rest.length === 1 && only !== undefined ? partOf(view, only) : view;
  const urlsOf = linksByLeg(view, recordingUrls);
  return [
    ...(rest.length > 0 ? [row(main, null, urlsOf(rest))] : []),
    ...own.map((leg) => row(partOf(view, leg), leg.key, urlsOf([leg]))),
  ];
}

/** The call as far as this leg is it. */
function partOf(view: CallView, leg: CallLegView): Part {
  const isPlaced = leg.key === 'agent' || leg.key === 'customer';
  return {
    ...view,
    ...leg,
    startedAt: leg.startedAt ?? view.startedAt,
    extension: leg.extension ?? (isPlaced ? view.extension : null),
    agent: leg.agent ?? view.agent,
    department: leg.department ?? view.department,
    customData: { ...view.customData, ...leg.customData },
  };
}

/** Links are ours, in the order of the call's recordings; which leg's one is, the PBX's own URL tells. */
function linksByLeg(
  { recordings }: CallView,
  links: readonly string[],
): (of: readonly CallLegView[]) => readonly string[] {
  return (of) => {
    const theirs = new Set(of.flatMap((leg) => leg.recordings.map(({ url }) => url)));
    return links.filter((_, index) => theirs.has(recordings[index]?.url ?? ''));
  };
}
