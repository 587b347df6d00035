import {
  campaignSettingsOf,
  id,
  type CampaignId,
  type CampaignMode,
  type CampaignSettings,
  type CampaignStanding,
  type CampaignState,
  type ConnectionId,
  type Instant,
  type TenantId,
} from '#domain';
import type { Campaign as Row } from '../generated/client.js';
import { instantOf } from './times.js';

export interface CampaignFields {
  name: string;
  settings: CampaignSettings;
}

export interface NewCampaign extends CampaignFields {
  connectionId: ConnectionId;
  mode: CampaignMode;
  /** Keyed hash of the code, and the code sealed. */
  codeHash: Uint8Array;
  sealedCode: string;
}

export interface CampaignRecord extends CampaignFields {
  id: CampaignId;
  tenantId: TenantId;
  connectionId: ConnectionId;
  mode: CampaignMode;
  state: CampaignState;
  sealedCode: string;
  /** What the dialer did last, and why; null before its first look. */
  standing: CampaignStanding | null;
  stateAt: Instant;
  createdAt: Instant;
  updatedAt: Instant;
}

export function campaignOf(row: Row): CampaignRecord {
  const standing = row.standing as Partial<CampaignStanding> | null;
  return {
    id: id<CampaignId>(row.id),
    tenantId: id<TenantId>(row.tenantId),
    connectionId: id<ConnectionId>(row.connectionId),
    name: row.name,
    mode: row.mode as CampaignMode,
    state: row.state as CampaignState,
    settings: campaignSettingsOf(row.settings),
    sealedCode: row.sealedCode,
    standing: standing?.rule === undefined ? null : (standing as CampaignStanding),
    stateAt: instantOf(row.stateAt),
    createdAt: instantOf(row.createdAt),
    updatedAt: instantOf(row.updatedAt),
  };
}
