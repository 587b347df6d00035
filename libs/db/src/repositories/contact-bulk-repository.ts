import type { Actor, ContactFacts, ContactId, TenantId } from '#domain';
import { newId, type Clock } from '#platform';
import { storableJson } from '../hot/storable-json.js';
import type { TenantScope } from '../tenancy/tenant-scope.js';
import { writeAudit } from './audit-trail.js';
import { dateOf } from './times.js';

/** What is said of one contact; what is left out stays. */
export type ContactDocument = Partial<
  Pick<ContactFacts, 'kind' | 'name' | 'company' | 'email' | 'url' | 'metadata' | 'phones'>
> & { externalId: string };

/** `nameless`: there is none yet, and a new one needs a name. */
export type UpsertOutcome = 'made' | 'changed' | 'unchanged' | 'nameless';

export interface Upserted {
  /** Null for a nameless one. */
  id: ContactId | null;
  outcome: UpsertOutcome;
}

/** Many contacts in one statement. */
export class ContactBulkRepository {
  constructor(
    private readonly scope: TenantScope,
    private readonly clock: Pick<Clock, 'now'>,
  ) {}

  /**
   * @param source  the system whose ids they are named by; null for the tenant's own one
   * @param documents  about different contacts
   * @returns one for each, in their order
   */
  upsert(
    tenant: TenantId,
    source: string | null,
    documents: readonly ContactDocument[],
    by: Actor,
  ): Promise<Upserted[]> {
    const at = this.clock.now();
    return this.scope.forTenant(tenant, async (tx) => {
      const docs = storableJson(documents.map((document) => ({ ...document, id: newId<ContactId>() })));
      const rows = await tx.$queryRaw<{ contact_id: ContactId | null; outcome: UpsertOutcome }[]>`
        SELECT contact_id, outcome FROM upsert_contacts(${tenant}::uuid, ${source}, ${dateOf(at)}, ${docs}::jsonb) ORDER BY nr`;
      const count = (wanted: UpsertOutcome) => rows.filter(({ outcome }) => outcome === wanted).length;
      const [made, changed] = [count('made'), count('changed')];
      if (made + changed > 0) {
        const changes = { made: { from: null, to: made }, changed: { from: null, to: changed } };
        const action = 'contact.bulk_upserted';
        await writeAudit(tx, { whose: tenant, actor: by, at, action, subjectId: tenant, changes });
      }
      return rows.map(({ contact_id: id, outcome }) => ({ id, outcome }));
    });
  }
}
