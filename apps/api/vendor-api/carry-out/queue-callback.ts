import { DEFAULT_CAMPAIGN_SETTINGS, lookupNumber, type CampaignId } from '#domain';
import {
  sealedFor,
  type CampaignRecord,
  type CampaignRepository,
  type LeadRepository,
  type VendorNumberRepository,
} from '#db';
import { newCode, newId, type KeyedHash, type SecretBox } from '#platform';
import type { Ringer } from '#queues';
import { byOf } from './campaigns.js';
import { failed, told, type Asker, type CarryOut } from './asking.js';
import type { Phonebook } from './phonebook.js';

export interface QueueCallbackParts {
  campaigns: Pick<CampaignRepository, 'callbacksOf'>;
  leads: Pick<LeadRepository, 'add' | 'openOf'>;
  numbers: Pick<VendorNumberRepository, 'of'>;
  phonebook: Pick<Phonebook, 'of'>;
  hash: Pick<KeyedHash, 'of'>;
  box: Pick<SecretBox, 'seal'>;
  ringer: Pick<Ringer, 'ring'>;
}

/**
 * Has a number called back when somebody of a queue is free. Each queue has a campaign of its own for that, which is made when it is
 * first needed; whose phones take its calls can be changed like any campaign's.
 */
export function queueCallback(parts: QueueCallbackParts): CarryOut<'queue_callback'> {
  return async ({ queue, number, from, maxTries }, asker) => {
    const { tenantId } = asker.credential;
    const phone = lookupNumber(number, asker.connection.country);
    if (phone === null)
      return failed({ code: 'invalid', field: 'CBnum', reason: 'CBnum is no phone number' });
    const campaign = await campaignFor(queue, parts, asker);
    const lead = {
      ...{ phone, callerId: from, maxTries, priority: 0, customData: {} },
      ...{ name: null, callerName: null, region: null, postal: null, zone: null, consentAt: null },
      ...{ notBefore: null, problem: null },
    };
    await parts.leads.add(tenantId, campaign.id, [lead], { duplicates: 'open', importId: null });
    parts.ringer.ring('campaign', [campaign.id]);
    const open = await parts.leads.openOf(tenantId, campaign.id, phone);
    const subject = open?.id ?? campaign.id;
    const numbers = await parts.numbers.of(tenantId, campaign.connectionId, 'call', [subject]);
    return told({ kind: 'queue_callback', id: numbers.get(subject) ?? 0 });
  };
}

async function campaignFor(
  queue: string,
  { campaigns, phonebook, hash, box }: QueueCallbackParts,
  asker: Asker,
): Promise<CampaignRecord> {
  const { tenantId, connectionId } = asker.credential;
  const { records } = await phonebook.of(tenantId, connectionId);
  const campaignId = newId<CampaignId>();
  const code = newCode();
  return campaigns.callbacksOf(
    tenantId,
    campaignId,
    {
      connectionId,
      name: `Callbacks of queue ${queue}`,
      mode: 'callback',
      settings: { ...DEFAULT_CAMPAIGN_SETTINGS, queue },
      codeHash: hash.of(code),
      sealedCode: box.seal(code, sealedFor.campaignCode(campaignId)),
      members: records.flatMap(({ number, agentId }) => (agentId === null ? [] : number)),
    },
    byOf(asker),
  );
}
