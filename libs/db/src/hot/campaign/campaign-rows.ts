import {
  campaignSettingsOf,
  id,
  instant,
  restoreCall,
  type AgentStanding,
  type DeviceState,
  type Call,
  type CallId,
  type CampaignId,
  type CampaignMode,
  type CampaignSettings,
  type CampaignState,
  type ConnectionId,
  type Instant,
  type LeadHistory,
  type LeadId,
  type LeadState,
  type LeadToDial,
  type Ledger,
  type OrderId,
  type OrderState,
  type PlaceEvidence,
  type StoredCall,
  type TenantId,
} from '#domain';

type Row = Record<string, unknown>;

/** A campaign as the dialer works on it. */
export interface DialerCampaign {
  id: CampaignId;
  tenantId: TenantId;
  connectionId: ConnectionId;
  name: string;
  mode: CampaignMode;
  state: CampaignState;
  settings: CampaignSettings;
  /** Grows with each change of what it is. */
  version: number;
  /** When it is to be looked at; null for not by itself. */
  dueAt: Instant | null;
  /** As `leave` kept it. */
  pacing: unknown;
  standing: unknown;
  dialect: string;
  country: string;
  timeZone: string;
  /** Its PBX has an account that is switched on. */
  commanded: boolean;
  /** When the oldest webhook came that has not been read yet; null where all were. */
  behindAt: Instant | null;
}

export interface DialerMember {
  extension: string;
  /** All of the phone's names. */
  names: string[];
  /** E.164 of the phone, to show to leads that are dialled for it. */
  callerId: string | null;
  standing: AgentStanding | null;
  since: Instant | null;
  /** When an order was sent that rings it, and is not over. */
  orderedAt: Instant | null;
  /** As the PBX's channel tells; `unknown` where it does not. */
  device: DeviceState;
  /** When the call there began of which the PBX's channel alone tells. */
  fedAt: Instant | null;
}

/** An attempt whose lead waits for what becomes of it. */
export interface OwedAttempt {
  id: OrderId;
  leadId: LeadId;
  state: OrderState;
  extension: string | null;
  paceKey: string;
  sentAt: Instant;
  endedAt: Instant | null;
  /** Null where it was erased. */
  lead:
    | (PlaceEvidence & {
        state: LeadState;
        attempts: number;
        /** With those that were refused or never placed. */
        tries: number;
        maxTries: number | null;
      })
    | null;
  /** Undefined while no webhook has told of it. */
  call: Call | undefined;
}

/** A lead that was taken, and what may stand in its way. */
export interface TakenLead {
  lead: LeadToDial & PlaceEvidence & { key: string; attempts: number; consentAt: Instant | null };
  facts: LeadHistory & { isOpen: boolean };
  retryAt: Instant | null;
}

export function campaignOf(row: Row): DialerCampaign {
  return {
    id: id<CampaignId>(row['id'] as string),
    tenantId: id<TenantId>(row['tenant_id'] as string),
    connectionId: id<ConnectionId>(row['connection_id'] as string),
    name: row['name'] as string,
    mode: row['mode'] as CampaignMode,
    state: row['state'] as CampaignState,
    settings: campaignSettingsOf(row['settings']),
    version: row['version'] as number,
    dueAt: at(row['due_at']),
    pacing: row['pacing'],
    standing: row['standing'],
    dialect: row['dialect'] as string,
    country: row['country'] as string,
    timeZone: row['time_zone'] as string,
    commanded: row['commanded'] as boolean,
    behindAt: at(row['behind_at']),
  };
}

export function memberOf(row: Row): DialerMember {
  const extension = row['extension'] as string;
  const number = row['number'] as string | null;
  const aliases = (row['aliases'] as string[] | null) ?? [];
  return {
    extension,
    names: [...new Set([extension, ...(number === null ? [] : [number]), ...aliases])],
    callerId: row['caller_id'] as string | null,
    standing: row['standing'] as AgentStanding | null,
    since: at(row['since']),
    orderedAt: at(row['ordered_at']),
    device: (row['device'] as DeviceState | null) ?? 'unknown',
    fedAt: at(row['busy_at']),
  };
}

export function owedOf(row: Row, connectionId: ConnectionId): OwedAttempt {
  return {
    id: id<OrderId>(row['id'] as string),
    leadId: id<LeadId>(row['lead_id'] as string),
    state: row['state'] as OrderState,
    extension: row['extension'] as string | null,
    paceKey: (row['pace_key'] as string | null) ?? '',
    sentAt: instant(row['sent_at'] as number),
    endedAt: at(row['ended_at']),
    lead:
      row['lead_state'] === null
        ? null
        : {
            ...placeOf(row),
            state: row['lead_state'] as LeadState,
            attempts: row['attempts'] as number,
            tries: row['tries'] as number,
            maxTries: row['max_tries'] as number | null,
          },
    call: row['call_id'] === null ? undefined : callOf(row, 'call_id', connectionId),
  };
}

export function takenOf(row: Row, countryOf: (phone: string) => string | null): TakenLead {
  const phone = row['phone'] as string;
  return {
    lead: {
      ...placeOf(row),
      id: id<LeadId>(row['id'] as string),
      key: row['key'] as string,
      country: countryOf(phone),
      name: row['name'] as string | null,
      callerId: row['caller_id'] as string | null,
      callerName: row['caller_name'] as string | null,
      customData: row['custom_data'] as Record<string, string>,
      attempts: row['attempts'] as number,
      consentAt: at(row['consent_at']),
    },
    facts: factsOf(row),
    retryAt: at(row['retry_at']),
  };
}

export function factsOf(row: Row): TakenLead['facts'] {
  return {
    attempts: (row['earlier'] as number[]).map(instant),
    lastDropAt: at(row['last_drop_at']),
    lastTalkAt: at(row['last_talk_at']),
    isListed: row['listed'] as boolean,
    registry: registryOf(row['registry'] as [number, number] | null),
    isOpen: row['is_open'] as boolean,
  };
}

function registryOf(told: [listed: number, at: number] | null): LeadHistory['registry'] {
  return told && { listed: told[0] === 1, askedAt: instant(told[1]) };
}

export function ledgerOf(row: Row): Ledger {
  const window = (answers: string, drops: string) => ({
    answers: row[answers] as number,
    drops: row[drops] as number,
  });
  return {
    day: window('day_answers', 'day_drops'),
    rolling24h: window('answers_24h', 'drops_24h'),
    days30: window('answers_30d', 'drops_30d'),
  };
}

export function callOf(row: Row, idColumn: string, connectionId: ConnectionId): Call {
  const vendorCallId = row['vendor_call_id'] as string;
  const ids = { id: id<CallId>(row[idColumn] as string), connectionId, vendorCallId };
  return restoreCall(ids, row['record'] as StoredCall);
}

function placeOf(row: Row): PlaceEvidence {
  return {
    phone: row['phone'] as string,
    region: row['region'] as string | null,
    postal: row['postal'] as string | null,
    zone: row['zone'] as string | null,
  };
}

export function at(value: unknown): Instant | null {
  return typeof value === 'number' ? instant(value) : null;
}
