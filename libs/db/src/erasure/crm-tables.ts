/** What is kept of records and people in tenants' CRMs; see `SearchedTable`. */
export const CRM_TABLES = [
  {
    table: 'crm_log',
    keys: { endpoint_id: 'uuid', call_id: 'uuid' },
    byTenant: false,
    columns: {
      record_id: 'text',
      record_type: 'text',
      contact: 'jsonb',
      wrote: 'jsonb',
      task_id: 'text',
      candidates: 'jsonb',
      stands: 'jsonb',
      anew: 'jsonb',
    },
    found: 'delete',
    callId: 'call_id',
    goesWithCall: true,
  },
  {
    table: 'crm_contact',
    keys: { endpoint_id: 'uuid', e164: 'text' },
    byTenant: false,
    columns: { e164: 'text', contact: 'jsonb' },
    found: 'delete',
  },
] as const;
