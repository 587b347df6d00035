/** The chapters of the documentation, by the alphabet. */
export const TAGS = {
  'API keys': 'Who may use this API, and for what.',
  Audit: 'Who changed what.',
  Calls: 'One record of each call, and what became of it.',
  Connections: 'PBX accounts: their addresses for webhooks, and how they do.',
  Contacts: 'The tenant’s own directory: whom a phone number belongs to.',
  Deliveries: 'One event owed to one endpoint, with each try.',
  Dialects: 'The wire formats of PBX vendors that this build reads.',
  Endpoints: 'Where events are sent, how, and how that goes.',
  'Event types': 'What there is to be told of, with examples.',
  IVR: 'What callers hear: flows of menus, and which number leads to which.',
  Overview: 'How a tenant fares as a whole, and what somebody should look after.',
  People: 'Agents and extensions, and what the tenant calls its queues and numbers.',
  Receipts: 'Webhooks exactly as they came.',
  Recordings: 'How recordings are fetched, and links that play them.',
  Replays: 'Sending events once more.',
  Tenants: 'Who uses this installation. For operators.',
} as const;

export type Tag = keyof typeof TAGS;
