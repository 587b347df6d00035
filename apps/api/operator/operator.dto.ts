import { CountField, TextField } from '../http/field.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

export const DEFAULT_TENANTS = 50;
const MOST_TENANTS = 500;
const COUNT = { type: 'integer', minimum: 0 } as const;

export class TroubleQueryDto {
  @TextField({ about: 'Part of the name of a tenant, or its id.', max: 200, optional: true })
  search?: string;

  @CountField({
    about: 'Most tenants of the answer.',
    min: 1,
    max: MOST_TENANTS,
    optional: true,
    byDefault: DEFAULT_TENANTS,
    fromQuery: true,
  })
  limit?: number;
}

export class TenantTroubleDto {
  @Shown('Id of the tenant.', SHOWN.id)
  id!: string;

  @Shown('Name of the organisation.', { type: String, example: 'Acme Ltd' })
  name!: string;

  @Shown('When it was made.', SHOWN.time)
  createdAt!: string;

  @Shown('How much somebody should look after it; 0 where nothing is wrong.', {
    type: Number,
    minimum: 0,
    example: 2.3,
  })
  trouble!: number;

  @Shown(
    'Deliveries that should have been tried more than a minute ago, up to 1,000 of each endpoint.',
    COUNT,
  )
  late!: number;

  @Shown('When the first of these was due.', SHOWN.timeOrNull)
  lateSince!: string | null;

  @Shown('Deliveries that wait for their endpoint to be enabled, up to 1,000 of each endpoint.', COUNT)
  held!: number;

  @Shown('Deliveries of the last 24 hours that were given up, up to 1,000.', COUNT)
  dead!: number;

  @Shown('Counting was broken off: there are more of `late`, `held` or `dead`.', { type: Boolean })
  atLeast!: boolean;

  @Shown('Enabled connections of which no webhook has come for three days.', COUNT)
  silent!: number;

  @Shown('All of its connections.', COUNT)
  connections!: number;

  @Shown('All of its endpoints.', COUNT)
  endpoints!: number;

  @Shown('Endpoints that are disabled.', COUNT)
  disabled!: number;
}

export class TenantTroublesDto {
  @Shown('Those with the most trouble first, and then by name.', { type: [TenantTroubleDto] })
  data!: TenantTroubleDto[];

  @Shown('How many tenants there are that match; 2,000 also where there are more.', COUNT)
  total!: number;

  @Shown('How many of them have trouble.', COUNT)
  troubled!: number;
}

export class ProcessDto {
  @Shown('Of this run of it.', SHOWN.id)
  id!: string;

  @Shown('Which program it runs.', { type: String, example: 'forwarder' })
  name!: string;

  @Shown('Machine or container that it runs on.', { type: String, example: 'web-1' })
  host!: string;

  @Shown('Its number on that machine.', { type: 'integer' })
  pid!: number;

  @Shown('Version of the program.', { type: String, example: '0.1.0' })
  version!: string;

  @Shown('When it began.', SHOWN.time)
  startedAt!: string;

  @Shown('When it last said that it is there.', SHOWN.time)
  seenAt!: string;

  @Shown('False for one that has said nothing for half a minute: it was killed, or is cut off.', {
    type: Boolean,
  })
  alive!: boolean;
}

export class QueueDepthDto {
  @Shown('What waits: letters of connections or endpoints, or pieces of work.', {
    type: String,
    example: 'endpoint',
  })
  kind!: string;

  @Shown('How many there are.', COUNT)
  depth!: number;

  @Shown('For how long the first of them has been due, in seconds.', { type: Number, minimum: 0 })
  ageSeconds!: number;
}

export class InstallationQueueDto {
  @Shown('What carries the rings.', { type: String, enum: ['redis', 'postgres'] })
  backend!: 'redis' | 'postgres';

  @Shown('How late the latest of the workers is, in milliseconds; 0 where all are on time.', COUNT)
  behindMs!: number;

  @Shown('What waits for workers, of all tenants together.', { type: [QueueDepthDto] })
  waiting!: QueueDepthDto[];
}

export class PartitionDto {
  @Shown('Log that it is a week of.', { type: String, example: 'delivery' })
  table!: string;

  @Shown('Its own name.', { type: String, example: 'delivery_20261123' })
  name!: string;

  @Shown('First moment of the week.', SHOWN.time)
  from!: string;

  @Shown('First moment after it.', SHOWN.time)
  to!: string;

  @Shown('What it takes on disk, with its indexes.', { type: 'integer', minimum: 0 })
  bytes!: number;

  @Shown('Rows as PostgreSQL last estimated them; null before it ever has.', SHOWN.countOrNull)
  rows!: number | null;

  @Shown('When its retention ends: it is dropped then, unless something in it is still owed.', SHOWN.time)
  keptUntil!: string;
}

export class InstallationDto {
  @Shown('When this was so.', SHOWN.time)
  at!: string;

  @Shown('Version of the process that answers.', { type: String, example: '0.1.0' })
  version!: string;

  @Shown('What this process depends on: `ok`, or what is wrong.', {
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { database: 'ok', queue: 'ok' },
  })
  checks!: Record<string, string>;

  @Shown('Processes of the last hour that did not stop in order, and those that run.', { type: [ProcessDto] })
  processes!: ProcessDto[];

  @Shown('The queue.', { type: InstallationQueueDto })
  queue!: InstallationQueueDto;

  @Shown('What the database takes on disk.', { type: 'integer', minimum: 0 })
  databaseBytes!: number;

  @Shown('Weeks of the logs, by log, the oldest first.', { type: [PartitionDto] })
  partitions!: PartitionDto[];
}
