/** Campaigns and who is to be called yet, as the vendor prints them (seed 6.3, 6.12, 6.14). */
import type { ToldCampaign, ToldLead } from '#domain';
import type { FacadeSettings } from '../../../facade.js';
import { writeCustomData } from './custom-data.js';
import { writeOriginateTime } from './originate-time.js';

const STATUS_NAME: Readonly<Record<ToldCampaign['state'], string>> = {
  enabled: 'Enabled',
  disabled: 'Disabled',
  deleted: 'Deleted',
};

export function writeListedCampaign({ name, state, code }: ToldCampaign) {
  return { Name: name, StatusName: STATUS_NAME[state], Code: code };
}

export function writeCampaign({ name, state, code, pending, maxPriority, minPriority }: ToldCampaign) {
  return {
    Name: name,
    StatusName: STATUS_NAME[state],
    TotalPendingCalls: pending,
    MaxPriority: maxPriority,
    MinPriority: minPriority,
    Code: code,
  };
}

/** Numbers have no plus at the vendor. */
export function writeLead(lead: ToldLead, settings: FacadeSettings | null) {
  return {
    Phone: lead.phone.replace(/^\+/, ''),
    CallerID: lead.callerId?.replace(/^\+/, '') ?? '',
    CallerName: lead.callerName ?? '',
    OriginateTime: writeOriginateTime(lead.originateAt, settings),
    Priority: lead.priority,
    CustomerName: lead.customerName ?? '',
    CallStatus: { Status: lead.status.number, Description: lead.status.words },
    CustomData: writeCustomData(lead.customData),
  };
}
