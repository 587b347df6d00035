/**
 * Which columns of which tables may hold somebody's number, and what is done about it. Whoever adds a table with texts adds it
 * here: a test looks for a number in every column of every table after it was erased.
 */

import { CRM_TABLES } from './crm-tables.js';
import { SOCKET_TABLES } from './socket-tables.js';

export type KeyType = 'uuid' | 'text' | 'int' | 'bigint' | 'smallint' | 'timestamptz';
export type ColumnType = 'text' | 'json' | 'jsonb';

export interface SearchedTable {
  table: string;
  /** In the order of an index, behind the tenant where that is its first column. */
  keys: Readonly<Record<string, KeyType>>;
  /** Whether that index begins with the tenant. Where none does, a slice is of the rows of all tenants. */
  byTenant: boolean;
  columns: Readonly<Record<string, ColumnType>>;
  /** Its key begins with the tenant; most tables' rows have ids of their own. */
  tenantInKey?: boolean;
  /**
   * `mask`: digits are masked, the row stays. `clear`: as mask, but a column that must be somebody's own is emptied.
   * `delete`: the row goes. `report`: it is the tenant's own set-up, which is left alone and listed.
   */
  found: 'mask' | 'delete' | 'report';
  /** Emptied rather than masked: two masked ones would be alike. */
  emptied?: readonly string[];
  /** Its column with the id of a call: what belongs to a call that is spared is left out. */
  callId?: string;
  /** What belongs to a call of the number is deleted with it, and counted there. */
  goesWithCall?: boolean;
  /** An expression for the key under which a call is traced by the PBX's id: what belongs to such a call is found too. */
  ofVendorCall?: string;
  /** Its first key is a UUIDv7 of the row itself: the last look begins where the erasing began. */
  growsById?: boolean;
}

export const SEARCHED_TABLES = [
  {
    table: 'call_event',
    keys: { id: 'uuid' },
    byTenant: true,
    columns: { payload: 'json' },
    found: 'mask',
    callId: 'call_id',
    goesWithCall: true,
    growsById: true,
  },
  {
    table: 'delivery',
    keys: { id: 'uuid' },
    byTenant: true,
    columns: { reason: 'text', parts_done: 'text' },
    found: 'mask',
    callId: 'call_id',
    growsById: true,
  },
  {
    table: 'contact',
    keys: { id: 'uuid' },
    byTenant: true,
    columns: {
      external_id: 'text',
      name: 'text',
      company: 'text',
      email: 'text',
      url: 'text',
      metadata: 'jsonb',
    },
    found: 'mask',
    emptied: ['external_id'],
  },
  {
    table: 'contact_external_id',
    keys: { source: 'text', external_id: 'text' },
    byTenant: true,
    tenantInKey: true,
    columns: { external_id: 'text' },
    found: 'delete',
  },
  {
    // What would be needed to undo the merge, with the number.
    table: 'contact_merge',
    keys: { id: 'uuid' },
    byTenant: true,
    columns: { before: 'jsonb', merged: 'jsonb' },
    found: 'delete',
  },
  {
    table: 'source_answer',
    keys: { source_id: 'uuid', e164: 'text' },
    byTenant: false,
    columns: { e164: 'text', contacts: 'jsonb' },
    found: 'delete',
  },
  ...CRM_TABLES,
  {
    // Kept for minutes, but a screen that comes back within them would show it.
    table: 'live_event',
    keys: { number: 'bigint' },
    byTenant: true,
    tenantInKey: true,
    columns: { data: 'json' },
    found: 'mask',
  },
  {
    // Who calls now, as a PBX's channel tells it. The next word of the same phone or queue is told anew.
    table: 'pbx_told',
    keys: { connection_id: 'uuid', kind: 'text', key: 'text' },
    byTenant: true,
    tenantInKey: true,
    columns: { data: 'json' },
    found: 'mask',
  },
  {
    table: 'import',
    keys: { id: 'uuid' },
    byTenant: true,
    columns: { file_name: 'text', settings: 'jsonb', reason: 'text' },
    found: 'mask',
  },
  {
    table: 'import_fault',
    keys: { import_id: 'uuid', line: 'int', place: 'smallint' },
    byTenant: false,
    columns: { column: 'text', message: 'text', fields: 'jsonb' },
    found: 'mask',
  },
  {
    // What would be needed to put the contact back as it was, with the number.
    table: 'import_change',
    keys: { import_id: 'uuid', contact_id: 'uuid' },
    byTenant: false,
    columns: { before: 'jsonb' },
    found: 'delete',
  },
  {
    table: 'call_context',
    keys: { connection_id: 'uuid', vendor_call_id: 'text' },
    byTenant: false,
    columns: { vendor_call_id: 'text', data: 'jsonb' },
    found: 'delete',
    ofVendorCall: `t.connection_id::text || ' ' || t.vendor_call_id`,
  },
  {
    table: 'audit_entry',
    keys: { id: 'uuid' },
    byTenant: true,
    columns: { subject_id: 'text', changes: 'jsonb' },
    found: 'mask',
    growsById: true,
  },
  {
    table: 'replay',
    keys: { id: 'uuid' },
    byTenant: true,
    columns: { filter: 'jsonb', reason: 'text' },
    found: 'mask',
  },
  {
    table: 'endpoint_state_change',
    keys: { endpoint_id: 'uuid', id: 'uuid' },
    byTenant: false,
    columns: { reason: 'text' },
    found: 'mask',
  },
  {
    table: 'ingress_refusal',
    keys: { connection_id: 'uuid', at: 'timestamptz', reason: 'text' },
    byTenant: false,
    columns: { sample: 'text' },
    found: 'mask',
  },
  {
    table: 'dial_attempt',
    keys: { id: 'uuid' },
    byTenant: true,
    columns: {
      phone: 'text',
      extension: 'text',
      actor: 'text',
      request: 'json',
      vendor_call_id: 'text',
      reason: 'text',
      code: 'text',
    },
    found: 'mask',
    emptied: ['phone'],
    growsById: true,
  },
  {
    table: 'campaign_lead',
    keys: { id: 'uuid' },
    byTenant: false,
    columns: {
      phone: 'text',
      key: 'text',
      name: 'text',
      caller_id: 'text',
      caller_name: 'text',
      custom_data: 'json',
      region: 'text',
      postal: 'text',
      zone: 'text',
      gate: 'text',
      reason: 'text',
      last_result: 'text',
      disposition: 'text',
      note: 'text',
    },
    found: 'delete',
  },
  {
    // Whoever is forgotten is not to be called either: the list would let them be.
    table: 'do_not_call',
    keys: { phone: 'text' },
    byTenant: true,
    tenantInKey: true,
    columns: { phone: 'text', name: 'text', source: 'text' },
    found: 'report',
  },
  {
    table: 'registry_check',
    keys: { phone: 'text' },
    byTenant: true,
    tenantInKey: true,
    columns: { phone: 'text' },
    found: 'delete',
  },
  {
    table: 'vendor_number',
    keys: { connection_id: 'uuid', kind: 'text', subject: 'text' },
    byTenant: false,
    columns: { subject: 'text' },
    found: 'report',
  },
  {
    // Its code is sealed; its own numbers not to be dialled are in its settings.
    table: 'campaign',
    keys: { id: 'uuid' },
    byTenant: true,
    columns: { name: 'text', settings: 'jsonb' },
    found: 'report',
  },
  {
    table: 'campaign_member',
    keys: { campaign_id: 'uuid', extension: 'text' },
    byTenant: false,
    columns: { extension: 'text' },
    found: 'report',
  },
  ...SOCKET_TABLES,
  {
    table: 'agent_state',
    keys: { agent_id: 'uuid' },
    byTenant: false,
    columns: { extension: 'text', actor: 'text' },
    found: 'report',
  },
  {
    table: 'agent_status',
    keys: { number: 'int' },
    byTenant: true,
    tenantInKey: true,
    columns: { name: 'text', color: 'text' },
    found: 'report',
  },
  ...setUp({
    endpoint: {
      name: 'text',
      url: 'text',
      format_settings: 'jsonb',
      filter: 'jsonb',
      state_reason: 'text',
      note: 'text',
      metadata: 'jsonb',
    },
    endpoint_grant: { label: 'text', reason: 'text', base_url: 'text' },
    agent: { name: 'text', email: 'text', code: 'text', external_id: 'text' },
    ivr_flow: { name: 'text', document: 'jsonb' },
    connection: { name: 'text', settings: 'jsonb' },
    api_key: { name: 'text' },
    contact_source: { name: 'text', url: 'text' },
    api_credential: {
      name: 'text',
      shown: 'text',
      department: 'text',
      allow_from: 'text',
      origins: 'text',
      settings: 'jsonb',
    },
  }),
  ...setUp(
    {
      extension: { number: 'text', aliases: 'text', label: 'text', caller_id: 'text' },
      queue: { vendor_id: 'text', label: 'text' },
      did: { number: 'text', label: 'text' },
      ivr_route: { did: 'text', url: 'text', default_answer: 'jsonb' },
      pbx_account: { settings: 'jsonb' },
      web_phone: { ws_url: 'text', domain: 'text', id_header: 'text', ice_urls: 'text' },
      sip_account: { extension: 'text', sip_user: 'text' },
    },
    false,
  ),
] as const satisfies readonly SearchedTable[];

/** Lists and all are looked at as text. */
function setUp(
  tables: Record<string, Record<string, ColumnType>>,
  byTenant = true,
): (SearchedTable & { found: 'report' })[] {
  return Object.entries(tables).map(([table, columns]) => ({
    table,
    keys: { id: 'uuid' },
    byTenant,
    columns,
    found: 'report',
  }));
}

export function searchedTable(name: string): SearchedTable | undefined {
  return SEARCHED_TABLES.find(({ table }) => table === name);
}
