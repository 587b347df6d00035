/** The vendor's words for what became of a call, and for what kind of call it was. */
import type { Call, LegKey } from '#domain';
import { squeezed } from '../../../content/squeezed.js';
import { callTypeNamed, isCallType } from '../../call-types.js';
import { statusOfCall, typeOfCall } from '../../status-words.js';
import { resultOf } from '../../statuses.js';
import { cdrTypeId } from './cdr-types.js';

export interface Words {
  type: string;
  /** The vendor's number of it. */
  typeId: number;
  status: string;
}

type Worded = Pick<Call, 'direction' | 'result' | 'vendorType' | 'vendorStatus' | 'queue'>;

/** How the vendor calls a part of a call, whoever's PBX placed it. */
const TYPE_OF_LEG = new Map<LegKey, { ofCampaign?: string; type: string }>([
  ['agent', { type: 'Click2Call leg1', ofCampaign: 'ProductiveCall Leg1' }],
  ['customer', { type: 'Click2Call leg2', ofCampaign: 'ProductiveCall Leg2' }],
  ['transfer', { type: 'XferCDR' }],
  ['forward', { type: 'Auto forward' }],
  ['attended_1', { type: 'Attended CDR leg1' }],
  ['attended_2', { type: 'Attended CDR leg2' }],
]);

/** Whether the vendor has a CDR for this part of a call, beside that of the call. */
export function hasOwnCdr(leg: LegKey): boolean {
  return TYPE_OF_LEG.has(leg);
}

/**
 * A type that is the vendor's own is kept as it came, in the vendor's plain spelling; so is the status beside it while it says
 * what the record says.
 *
 * @param leg  null for the call as a whole
 */
export function wordsOfCdr(told: Worded, leg: LegKey | null, ofCampaign: boolean): Words {
  const isVendors = isCallType(told.vendorType);
  const type = isVendors ? told.vendorType.trim() : typeOf(told, leg, ofCampaign);
  const said = resultOf(told.vendorStatus, told.direction);
  const isVoicemail = callTypeNamed(type).voicemail === true && said === 'answered';
  const keeps = isVendors && told.vendorStatus !== '' && (isVoicemail ? 'voicemail' : said) === told.result;
  return { type, typeId: cdrTypeId(type), status: keeps ? told.vendorStatus : statusOfCall(told) };
}

function typeOf(told: Worded, leg: LegKey | null, ofCampaign: boolean): string {
  const ofLeg = leg === null ? undefined : TYPE_OF_LEG.get(leg);
  if (ofLeg !== undefined) return (ofCampaign ? ofLeg.ofCampaign : undefined) ?? ofLeg.type;
  return typeOfCall(told);
}

/** Whether two spellings of a type mean the same. */
export function isType(type: string, asked: string): boolean {
  return squeezed(type) === squeezed(asked);
}
