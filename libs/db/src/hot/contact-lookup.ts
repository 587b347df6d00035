import { numberVariants, type ConnectionId, type ContactMatch, type TenantId } from '#domain';
import { Batcher } from '../pool/batcher.js';
import type { HotPool } from '../pool/hot-pool.js';
import { pgArray } from './pg-array.js';
import { withoutNul } from './without-nul.js';

/** Whose contacts are asked for which number. */
export interface ContactKey {
  tenantId: TenantId;
  /** Contacts are found by each form that the number has (`numberVariants`). */
  e164: string;
  /** Digits that are nobody's number where this connection's directory has an extension of that name. */
  unlessExtension?: { connectionId: ConnectionId; number: string };
}

/** Those of a tenant's contacts that have a number. */
export interface FoundContacts {
  total: number;
  /** Those updated last. */
  contacts: ContactMatch[];
}

type Row = Omit<ContactMatch, 'externalId' | 'updatedAt'> & {
  place: number;
  total: number;
  external_id: string | null;
  updated_at: number;
};

/** A number that hundreds of contacts share, such as a switchboard's, must not make the answer as long. */
const MOST_LISTED = 5;

const FIND = `
SELECT q.place::int AS place, f.*
FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[]) WITH ORDINALITY
  AS q(tenant_id, forms, connection_id, extension, place)
CROSS JOIN LATERAL (
  SELECT c.id, c.external_id, c.name, c.company, c.url, (extract(epoch FROM c.updated_at) * 1000)::float8 AS updated_at,
         (count(*) OVER ())::int AS total
  FROM (SELECT DISTINCT contact_id FROM contact_phone
        WHERE tenant_id = q.tenant_id AND e164 = ANY(string_to_array(q.forms, ' '))) p
  JOIN contact c ON c.tenant_id = q.tenant_id AND c.id = p.contact_id
  WHERE NOT EXISTS (
    SELECT 1 FROM extension x WHERE x.tenant_id = q.tenant_id AND x.connection_id = q.connection_id
      AND (x.number = q.extension OR q.extension = ANY(x.aliases)))
  ORDER BY c.updated_at DESC, c.id DESC LIMIT ${MOST_LISTED}) f`;

/** Finds the contacts of a number while the phone rings. Those asked for together are found by one statement. */
export class ContactLookup {
  private readonly batcher: Batcher<ContactKey, FoundContacts>;

  constructor(private readonly hot: HotPool) {
    this.batcher = new Batcher({ maxItems: 500, maxInFlight: 2, run: (keys) => this.findAll(keys) });
  }

  /** @throws AppError `database.unavailable` */
  find(key: ContactKey): Promise<FoundContacts> {
    return this.batcher.add(key);
  }

  private async findAll(keys: ContactKey[]): Promise<FoundContacts[]> {
    const { uuid, text } = pgArray;
    const rows = await this.hot.run<Row>(
      'contact.find',
      FIND,
      [
        uuid(keys.map(({ tenantId }) => tenantId)),
        text(keys.map(({ e164 }) => numberVariants(e164).join(' '))),
        uuid(keys.map(({ unlessExtension }) => unlessExtension?.connectionId ?? null)),
        text(keys.map(({ unlessExtension }) => withoutNul(unlessExtension?.number ?? null))),
      ],
      keys.length,
    );
    const found = keys.map((): FoundContacts => ({ total: 0, contacts: [] }));
    for (const { place, total, external_id: externalId, updated_at: updatedAt, ...contact } of rows) {
      const one = found[place - 1] as FoundContacts;
      one.total = total;
      one.contacts.push({ ...contact, externalId, updatedAt });
    }
    return found;
  }
}
