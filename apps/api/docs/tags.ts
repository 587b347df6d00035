/** The chapters of the documentation, by the alphabet. */
export const TAGS = {
  'API credentials': 'What software that was written for a vendor’s request API shows to be let in.',
  'API keys': 'Who may use this API, and for what.',
  'Agent states': 'Whether agents may be called for, and what the tenant calls their statuses.',
  Audit: 'Who changed what.',
  CRM: 'Connectors to CRMs: what stands there of each call, on whom, and whose it is where several may have made it.',
  Calls: 'One record of each call, and what became of it.',
  Campaigns: 'Lists of people to call: whom, how, when, and what came of it.',
  Connections: 'PBX accounts: their addresses for webhooks, and how they do.',
  Contacts: 'The tenant’s own directory: whom a phone number belongs to.',
  Deliveries: 'One event owed to one endpoint, with each try.',
  Dialects: 'The wire formats of PBX vendors that this build reads.',
  'Do not call': 'Numbers that nobody of a tenant may be connected to.',
  Endpoints: 'Where events are sent, how, and how that goes.',
  'Event types': 'What there is to be told of, with examples.',
  IVR: 'What callers hear: flows of menus, and which number leads to which.',
  Installation: 'How the whole of it does: tenants in trouble, processes, queues, partitions. For operators.',
  Live: 'What happens to calls while it happens; most of it by Socket.IO at /live.',
  Me: 'Whoever is signed in.',
  Orders: 'Having a PBX dial: click to call, and what came of it.',
  Overview:
    'How a tenant fares as a whole, what somebody should look after, and finding whatever somebody pastes.',
  'PBX control': 'How the PBXs of connections are commanded: what is needed to order a call from them.',
  People: 'Agents and extensions, and what the tenant calls its queues and numbers.',
  Portals:
    'What a tenant shows of itself inside other pages: links that work once, and the sessions that come of them.',
  Privacy: 'All that is kept about a number: given out, or erased.',
  Receipts: 'Webhooks exactly as they came.',
  Recordings: 'How recordings are fetched, and links that play them.',
  Replays: 'Sending events once more.',
  'Signing in': 'Sessions of people, their passwords and second factors.',
  'Single sign-on': 'Identity providers that answer for people (OpenID Connect), and signing in by them.',
  Tenants: 'Who uses this installation. For operators.',
  Users: 'People who sign in, what they may, and invitations.',
  'Web phone': 'Phones in browsers: where they register with a PBX, and with what.',
} as const;

export type Tag = keyof typeof TAGS;
