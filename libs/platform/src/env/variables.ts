/**
 * Every environment variable that any process of ours reads. `.env.example` is this table in another form, made by
 * `npm run env:example`; `npm run check` keeps the two alike.
 */
export type VariableKind =
  'text' | 'secret' | 'port' | 'count' | 'days' | 'flag' | 'hops' | 'url' | 'list' | 'level';

/** Headings of `.env.example`, in its order. */
export const VARIABLE_GROUPS = {
  web: 'Web',
  database: 'Database',
  queue: 'Queue',
  secrets: 'Secrets',
  work: 'Work and deliveries',
  mail: 'E-mail',
  retention: 'Retention',
  log: 'Log',
  demo: 'Demo',
} as const;

export interface Variable {
  group: keyof typeof VARIABLE_GROUPS;
  kind: VariableKind;
  /** Undefined: not set unless the operator sets it. */
  default?: string;
  about: string;
}

export const VARIABLES = {
  HOST: {
    group: 'web',
    kind: 'text',
    about:
      'Address to listen on. Default: 127.0.0.1, which only this machine reaches, for standalone and the demo; 0.0.0.0 for the separate programs',
  },
  PORT: { group: 'web', kind: 'port', default: '3000', about: 'Port to listen on. 0 takes a free one.' },
  METRICS_PORT: {
    group: 'web',
    kind: 'port',
    about:
      'Serves /metrics on a port of its own. Without it they are at PORT, for requests that come from this machine and through no proxy.',
  },
  METRICS_HOST: {
    group: 'web',
    kind: 'text',
    default: '127.0.0.1',
    about: 'Address that METRICS_PORT listens on; they have no password, so keep them inside.',
  },
  PUBLIC_URL: {
    group: 'web',
    kind: 'url',
    about:
      'Where PBXs and people reach this installation; ingress URLs are made of it. Default: http://localhost:PORT',
  },
  API_PUBLIC_URL: {
    group: 'web',
    kind: 'url',
    about:
      'Where people reach the API, where that is another place; links to recordings are made of it. Default: PUBLIC_URL',
  },
  CONSOLE: {
    group: 'web',
    kind: 'flag',
    default: 'on',
    about: 'Whether the API serves the console at /. `off` leaves plain pages on which people sign in.',
  },
  RECORDING_LINK_TTL_DAYS: {
    group: 'web',
    kind: 'days',
    default: '30',
    about: 'How long a link to a recording works that CRMs are given; the API gives fresh ones at any time.',
  },
  DATABASE_URL: {
    group: 'database',
    kind: 'secret',
    about:
      'PostgreSQL 15 or newer. Standalone without it runs its own server and keeps the data in DATA_DIR.',
  },
  API_DATABASE_URL: {
    group: 'database',
    kind: 'secret',
    about:
      'Another login for the tenant-facing api (a member of the role switchhook_api). Default: DATABASE_URL',
  },
  DATABASE_POOL: {
    group: 'database',
    kind: 'count',
    default: '10',
    about: 'Most database connections of one process and role.',
  },
  REDIS_URL: {
    group: 'queue',
    kind: 'secret',
    about: 'Redis 7 or Valkey for the job queue. Without it the queue lives in PostgreSQL.',
  },
  REDIS_CLUSTER: {
    group: 'queue',
    kind: 'flag',
    default: 'false',
    about: 'REDIS_URL names a node of a Redis Cluster.',
  },
  DATA_DIR: {
    group: 'database',
    kind: 'text',
    default: '.data',
    about: 'Where standalone keeps its database and its keys.',
  },
  SECRET_KEYS: {
    group: 'secrets',
    kind: 'secret',
    about:
      'Keys for secrets at rest: name:base64 of 32 bytes, comma separated, the first one seals. Standalone makes one in DATA_DIR.',
  },
  ADMIN_KEY: {
    group: 'secrets',
    kind: 'secret',
    about: 'The operator key to make at the first start. Default: a random one, shown once.',
  },
  EGRESS_ALLOW: {
    group: 'work',
    kind: 'list',
    default: '',
    about: 'Subnets that deliveries may reach although they are private, comma separated, e.g. 10.1.0.0/16.',
  },
  INGRESS_TRUST_PROXY: {
    group: 'web',
    kind: 'hops',
    default: '0',
    about:
      'How many proxies of your own are in front: the source address is that many places from the right of X-Forwarded-For. 0 believes no header.',
  },
  REQUEST_SECONDS: {
    group: 'web',
    kind: 'count',
    default: '30',
    about:
      'How long a request may take to arrive, its headers and its body. What is not there by then is given up.',
  },
  LIVE_SOCKETS: {
    group: 'web',
    kind: 'count',
    default: '10000',
    about: 'Connections of the live channel that one api process serves at most.',
  },
  LIVE_SOCKETS_PER_TENANT: {
    group: 'web',
    kind: 'count',
    default: '2000',
    about: 'Of these, connections of one tenant at most.',
  },
  INGRESS_HELD_MIB: {
    group: 'web',
    kind: 'count',
    default: '64',
    about:
      'Most MiB that one ingress process holds of webhooks that have not wholly arrived or are not kept yet.',
  },
  INGRESS_HELD_MIB_PER_SOURCE: {
    group: 'web',
    kind: 'count',
    default: '16',
    about:
      'Most MiB of those that may come from one address; beyond, the largest unfinished one is given up.',
  },
  INGRESS_GUESSES_PER_MINUTE: {
    group: 'web',
    kind: 'count',
    default: '60',
    about: 'Webhooks to unknown URLs that one address may send in a minute before it is told to wait.',
  },
  INGRESS_SLOW_BEHIND_SECONDS: {
    group: 'web',
    kind: 'count',
    default: '2',
    about:
      'When the workers are later than this, answers to webhooks wait up to a second, so that senders who wait send less. A caller who is asked for never waits.',
  },
  INGRESS_REFUSE_BEHIND_SECONDS: {
    group: 'web',
    kind: 'count',
    about:
      'When the workers are later than this, webhooks are refused with 503 and Retry-After, for PBXs that send them again. Default: never.',
  },
  SMTP_URL: {
    group: 'mail',
    kind: 'secret',
    about:
      'Mail server for e-mail endpoints: smtps://user:password@host:465, or smtp://user:password@host:587 with STARTTLS. ?tls=none or ?tls=offered asks for less. Without it there are none.',
  },
  MAIL_FROM: {
    group: 'mail',
    kind: 'text',
    about: 'Sender of e-mail, e.g. Switchhook <hook@example.com>.',
  },
  ENRICHER_CONCURRENCY: {
    group: 'work',
    kind: 'count',
    default: '32',
    about: 'Connections drained at once by one enricher.',
  },
  FORWARDER_CONCURRENCY: {
    group: 'work',
    kind: 'count',
    default: '256',
    about: 'Endpoints drained at once by one forwarder.',
  },
  POPUP_CONCURRENCY: {
    group: 'work',
    kind: 'count',
    default: '200',
    about: 'Bundles of questions to sources of contacts that one popup worker works on at once.',
  },
  SHUTDOWN_GRACE_SECONDS: {
    group: 'work',
    kind: 'count',
    default: '20',
    about: 'How long work in flight may take to finish after SIGTERM.',
  },
  RETENTION_RECEIPT_DAYS: {
    group: 'retention',
    kind: 'days',
    default: '30',
    about: 'How long inbound webhooks are kept.',
  },
  RETENTION_DELIVERY_DAYS: {
    group: 'retention',
    kind: 'days',
    default: '30',
    about: 'How long events, deliveries and attempts are kept.',
  },
  API_RATE_PER_MINUTE: {
    group: 'web',
    kind: 'count',
    default: '600',
    about: 'Requests one API key or one person may make in a minute.',
  },
  LOG_LEVEL: {
    group: 'log',
    kind: 'level',
    default: 'info',
    about: 'trace, debug, info, warn, error, fatal or silent.',
  },
  ASTERISK_ROOT: {
    group: 'demo',
    kind: 'text',
    about:
      'Folder that tools/asterisk.mjs unpacked an Asterisk into, for the demo with --asterisk. Default: an installed one.',
  },
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof VARIABLES;
