import { AppError, type Actor, type ConnectionId, type TenantId } from '#domain';
import {
  SHIPPED_MAPPINGS,
  mappingProblems,
  readMapping,
  secretProblems,
  type MappingReading,
  type Secrets,
} from '#dialects';
import { sealedFor, type MappingFields, type MappingRecord, type MappingRepository } from '#db';
import type { SecretBox } from '#platform';
import { found } from '../http/found.js';
import { timeText } from '../http/time-text.js';
import { invalidRequest } from '../http/validation.pipe.js';
import {
  documentOf,
  type ConnectionMappingDto,
  type MappingPutDto,
  type ShippedMappingDto,
  type ShippedMappingListDto,
} from './mapping.dto.js';
import { readSecrets } from './read-secrets.js';

export interface MappingDeskParts {
  mappings: Pick<MappingRepository, 'get' | 'put'>;
  box: Pick<SecretBox, 'seal' | 'open'>;
}

/** A connection's mapping, and what is needed to try one with its zone, country and secrets. */
export interface OpenedMapping {
  record: MappingRecord;
  /** Null while there is none. */
  document: Record<string, unknown> | null;
  secrets: Secrets;
}

const DIALECT = 'generic';

/** Mappings that come with the product, and those of connections: set whole, but for secrets that are left out. */
export class MappingDesk {
  constructor(private readonly parts: MappingDeskParts) {}

  list(): ShippedMappingListDto {
    const names = Object.keys(SHIPPED_MAPPINGS).sort();
    return { data: names.flatMap((name) => shippedView(name)) };
  }

  async get(tenant: TenantId, id: ConnectionId): Promise<ConnectionMappingDto> {
    return view(await this.open(tenant, id));
  }

  /** @throws AppError `resource.not_found`, `mapping.other_dialect` 409 */
  async open(tenant: TenantId, id: ConnectionId): Promise<OpenedMapping> {
    return this.opened(found(await this.parts.mappings.get(tenant, id), 'connection'));
  }

  /** @throws AppError `request.invalid`, `resource.not_found`, `mapping.other_dialect` 409 */
  async put(
    tenant: TenantId,
    id: ConnectionId,
    wish: MappingPutDto,
    by: Actor,
  ): Promise<ConnectionMappingDto> {
    const { mapping, document } = asked(wish);
    const make = (before: MappingRecord): MappingFields => {
      const { secrets: kept } = this.opened(before);
      const secrets = readSecrets(wish.secrets ?? {}, wanted(kept, document));
      check(document, secrets);
      return { mapping, sealedSecrets: this.sealed(before, kept, secrets) };
    };
    return view(this.opened(await this.parts.mappings.put(tenant, id, make, by)));
  }

  private sealed(
    { connectionId, sealedSecrets }: MappingRecord,
    kept: Secrets,
    secrets: Secrets,
  ): string | null {
    if (Object.keys(secrets).length === 0) return null;
    const text = JSON.stringify(secrets);
    if (text === JSON.stringify(kept)) return sealedSecrets;
    return this.parts.box.seal(text, sealedFor.signingSecrets(connectionId));
  }

  private opened(record: MappingRecord): OpenedMapping {
    if (record.dialect !== DIALECT) {
      const message = 'Only a connection of the dialect "generic" has a mapping.';
      throw new AppError('conflict', 'mapping.other_dialect', message);
    }
    const { sealedSecrets, connectionId, settings } = record;
    const secrets =
      sealedSecrets === null
        ? {}
        : (JSON.parse(this.parts.box.open(sealedSecrets, sealedFor.signingSecrets(connectionId))) as Secrets);
    return { record, document: documentIn(settings['mapping']), secrets };
  }
}

/** The mapping that is wished for, as it is kept and as a document. @throws AppError `request.invalid` */
export function asked({ shipped, mapping }: Pick<MappingPutDto, 'shipped' | 'mapping'>): {
  mapping: string | Record<string, unknown>;
  document: Record<string, unknown>;
} {
  if ((shipped === undefined) === (mapping === undefined)) {
    throw invalidRequest([{ field: 'mapping', message: 'give either shipped or mapping' }]);
  }
  if (mapping !== undefined) return { mapping, document: mapping };
  const document = documentIn(shipped);
  if (document === null || shipped === undefined) {
    throw invalidRequest([
      { field: 'shipped', message: 'shipped is the name of no mapping that comes with this version' },
    ]);
  }
  return { mapping: shipped, document };
}

function documentIn(mapping: unknown): Record<string, unknown> | null {
  if (typeof mapping === 'string') {
    const known = Object.hasOwn(SHIPPED_MAPPINGS, mapping) ? SHIPPED_MAPPINGS[mapping] : undefined;
    return known === undefined ? null : documentOf(known);
  }
  return typeof mapping === 'object' && mapping !== null ? (mapping as Record<string, unknown>) : null;
}

/** Secrets of another mapping are forgotten with it. */
function wanted(kept: Secrets, document: Record<string, unknown>): Secrets {
  const needs = needsOf(readMapping(document));
  return Object.fromEntries(Object.entries(kept).filter(([name]) => needs.includes(name)));
}

/** @throws AppError `request.invalid` that names each fault */
function check(document: Record<string, unknown>, secrets: Secrets): void {
  const reading = readMapping(document);
  const ofSecrets = reading.ok ? secretProblems(reading.mapping, secrets) : [];
  const faults = [
    ...mappingProblems(document).map(({ path, message }) => ({
      field: path === '' ? 'mapping' : `mapping.${path}`,
      message,
    })),
    ...ofSecrets.map(({ path, message }) => ({ field: `secrets.${path}`, message })),
  ];
  if (faults.length > 0) throw invalidRequest(faults);
}

function view({ record, document, secrets }: OpenedMapping): ConnectionMappingDto {
  const { connectionId, settings, updatedAt } = record;
  const { mapping } = settings;
  return {
    connectionId,
    shipped: typeof mapping === 'string' ? mapping : null,
    mapping: document,
    needs: document === null ? [] : needsOf(readMapping(document)),
    secrets: Object.fromEntries(Object.entries(secrets).map(([name, values]) => [name, values.length])),
    updatedAt: timeText(updatedAt),
  };
}

/** Names of the secrets that a mapping wants. */
function needsOf(reading: MappingReading): string[] {
  if (!reading.ok) return [];
  const { signature, handshakes } = reading.mapping;
  const ofHandshakes = handshakes.flatMap(({ hmac }) => (hmac === null ? [] : [hmac.secret]));
  return [...new Set([...(signature?.secrets ?? []), ...ofHandshakes])];
}

function shippedView(name: string): ShippedMappingDto[] {
  const document = documentIn(name);
  const reading = readMapping(document);
  if (document === null || !reading.ok) return [];
  const { title, about, guide } = reading.mapping;
  return [{ name, title, about, steps: [...guide.steps], needs: needsOf(reading), mapping: document }];
}
