/**
 * Every environment variable that any process of ours reads. `.env.example` is this table in another form, and a test
 * keeps the two alike.
 */
export type VariableKind = 'text' | 'secret' | 'port' | 'count' | 'days' | 'flag' | 'url' | 'list' | 'level';

export interface Variable {
  kind: VariableKind;
  /** Undefined: not set unless the operator sets it. */
  default?: string;
  about: string;
}

export const VARIABLES = {
  HOST: { kind: 'text', default: '0.0.0.0', about: 'Address to listen on.' },
  PORT: { kind: 'port', default: '3000', about: 'Port to listen on. 0 takes a free one.' },
  PUBLIC_URL: {
    kind: 'url',
    about:
      'Where PBXs and people reach this installation; ingress URLs are made of it. Default: http://localhost:PORT',
  },
  DATABASE_URL: {
    kind: 'secret',
    about:
      'PostgreSQL 15 or newer. Standalone without it runs its own server and keeps the data in DATA_DIR.',
  },
  API_DATABASE_URL: {
    kind: 'secret',
    about:
      'Another login for the tenant-facing api (a member of the role switchhook_api). Default: DATABASE_URL',
  },
  DATABASE_POOL: {
    kind: 'count',
    default: '10',
    about: 'Most database connections of one process and role.',
  },
  REDIS_URL: {
    kind: 'secret',
    about: 'Redis 7 or Valkey for the job queue. Without it the queue lives in PostgreSQL.',
  },
  REDIS_CLUSTER: { kind: 'flag', default: 'false', about: 'REDIS_URL names a node of a Redis Cluster.' },
  DATA_DIR: { kind: 'text', default: '.data', about: 'Where standalone keeps its database and its keys.' },
  SECRET_KEYS: {
    kind: 'secret',
    about:
      'Keys for secrets at rest: name:base64 of 32 bytes, comma separated, the first one seals. Standalone makes one in DATA_DIR.',
  },
  ADMIN_KEY: {
    kind: 'secret',
    about: 'The operator key to make at the first start. Default: a random one, shown once.',
  },
  EGRESS_ALLOW: {
    kind: 'list',
    default: '',
    about: 'Subnets that deliveries may reach although they are private, comma separated, e.g. 10.1.0.0/16.',
  },
  INGRESS_TRUST_PROXY: {
    kind: 'flag',
    default: 'false',
    about: 'Take the source address from X-Forwarded-For; only behind a proxy that sets it.',
  },
  ENRICHER_CONCURRENCY: {
    kind: 'count',
    default: '32',
    about: 'Connections drained at once by one enricher.',
  },
  FORWARDER_CONCURRENCY: {
    kind: 'count',
    default: '256',
    about: 'Endpoints drained at once by one forwarder.',
  },
  SHUTDOWN_GRACE_SECONDS: {
    kind: 'count',
    default: '20',
    about: 'How long work in flight may take to finish after SIGTERM.',
  },
  RETENTION_RECEIPT_DAYS: { kind: 'days', default: '30', about: 'How long inbound webhooks are kept.' },
  RETENTION_DELIVERY_DAYS: {
    kind: 'days',
    default: '30',
    about: 'How long events, deliveries and attempts are kept.',
  },
  API_RATE_PER_MINUTE: { kind: 'count', default: '600', about: 'Requests one API key may make in a minute.' },
  LOG_LEVEL: { kind: 'level', default: 'info', about: 'trace, debug, info, warn, error, fatal or silent.' },
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof VARIABLES;
