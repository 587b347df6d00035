import { BlockList, isIPv6 } from 'node:net';
import type { AskFailure, AskKind } from '#domain';
import type { CredentialInUse, CredentialRight } from '#db';

/** What each ask needs. `null`: whoever has a credential may. */
export const RIGHT_FOR: Readonly<Record<AskKind, CredentialRight | null>> = {
  place: 'call',
  hang_up: 'call',
  record: 'call',
  transfer: 'call',
  set_hold: 'call',
  queue_callback: 'call',
  add_leads: 'call',
  update_lead: 'call',
  remove_lead: 'call',
  clear_campaign: 'call',
  add_member: 'call',
  remove_member: 'call',
  stop_campaign: 'call',
  start_campaign: 'call',
  set_campaign_strategy: 'call',
  configure_campaign: 'call',
  list_campaigns: 'read',
  list_members: 'read',
  list_pending: 'read',
  campaign_details: 'read',
  call_log: 'read',
  live_calls: 'read',
  live_queues: 'read',
  extensions: 'read',
  extension_state: 'read',
  agent_states: 'read',
  agent_statuses: 'read',
  event_hooks: 'read',
  set_agent_state: 'agents',
  block_numbers: 'lists',
  unblock_numbers: 'lists',
  token: null,
};

/** How a request came. */
export interface Use {
  address: string | null;
  /** Of the page that had a browser send it; absent for programs. */
  origin: string | undefined;
  /** What the browser says of who sent it (Fetch Metadata). */
  fetchSite: string | undefined;
  /** It dials, hangs up or changes something. */
  changes: boolean;
}

type Credential = Pick<CredentialInUse['credential'], 'allowFrom' | 'origins' | 'settings'>;

/** Why a credential may not be used so; null where it may. */
export function judgeUse(credential: Credential, use: Use): AskFailure | null {
  if (!isAllowedFrom(credential.allowFrom, use.address)) {
    return { code: 'address', address: use.address ?? 'unknown' };
  }
  if (isOfAnotherSite(credential, use)) {
    const reason =
      'A page of another site had a browser send this. Who wants that switches it on for the credential.';
    return { code: 'unauthorised', reason };
  }
  return null;
}

/** A request by GET carries no proof of who clicked: what dials is not for pages of others unless somebody said so. */
function isOfAnotherSite({ origins, settings }: Credential, { origin, fetchSite, changes }: Use): boolean {
  if (!changes || settings.crossSite === true) return false;
  if (origin !== undefined && origins.includes(origin)) return false;
  if (fetchSite !== undefined) return fetchSite === 'cross-site' || fetchSite === 'same-site';
  return origin !== undefined;
}

export function isAllowedFrom(allowed: readonly string[], address: string | null): boolean {
  if (allowed.length === 0) return true;
  if (address === null) return false;
  const list = new BlockList();
  for (const entry of allowed) {
    const [network = '', bits] = entry.split('/');
    const family = isIPv6(network) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(network, family);
    else list.addSubnet(network, Number(bits), family);
  }
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
