import type { TenantId } from '#domain';
import type { TenantScope, Tx } from '../tenancy/tenant-scope.js';
import { WHOLE, contactOf, type ContactRecord } from './contact-record.js';
import { folded, patternOf } from './folded.js';
import { SearchHits, type SearchHit } from './search-hits.js';
import { addNumberHits, isNumberText } from './search-numbers.js';

export interface FoundContact {
  contact: ContactRecord;
  hit: SearchHit;
}

/** Shorter texts are in half of all names, and no index knows them. */
const LEAST_LETTERS = 3;

/** Finds contacts as people look for them: by how a name begins, by a word, by a part, by something like it, by a number. */
export class ContactSearchRepository {
  constructor(private readonly scope: TenantScope) {}

  /**
   * The best hits first, and among equals in the order of their names. Each step is one statement on an index, and a later one is
   * taken only where those before it found fewer than were asked for.
   */
  search(tenant: TenantId, text: string, limit: number): Promise<FoundContact[]> {
    return this.scope.forTenant(tenant, async (tx) => {
      const hits = new SearchHits(limit);
      if (isNumberText(text)) await addNumberHits(tx, tenant, text, hits);
      else await addNameHits(tx, tenant, text, hits);
      const rows = await tx.contact.findMany({ where: { tenantId: tenant, id: { in: hits.ids } }, ...WHOLE });
      const byId = new Map(rows.map((row) => [row.id, contactOf(row)]));
      return hits.all.flatMap(([contactId, hit]) => {
        const contact = byId.get(contactId);
        return contact === undefined ? [] : [{ contact, hit }];
      });
    });
  }
}

async function addNameHits(tx: Tx, tenant: TenantId, text: string, hits: SearchHits): Promise<void> {
  const sought = await folded(tx, text);
  const { limit } = hits;
  // What is folded is ASCII, so nothing that begins so comes behind that.
  const end = `${sought}\u007f`;
  hits.add(
    'beginning',
    await tx.$queryRaw<{ id: string }[]>`
      SELECT c.id FROM contact c
      WHERE c.tenant_id = ${tenant}::uuid AND c.search COLLATE "C" >= ${sought} AND c.search COLLATE "C" < ${end}
      ORDER BY c.search COLLATE "C", c.id LIMIT ${limit}`,
  );
  if (hits.isFull || [...text].length < LEAST_LETTERS) return;
  const within = await tx.$queryRaw<{ id: string; word: boolean }[]>`
    SELECT id, word FROM contacts_within(${tenant}::uuid, ${sought}, ${patternOf(sought)}, ${limit})`;
  const isWord = ({ word }: { word: boolean }) => word;
  hits.add('word', within.filter(isWord));
  hits.add(
    'part',
    within.filter((row) => !isWord(row)),
  );
  // What is like it is of use to whoever mistyped, not beside what was meant.
  if (!hits.isEmpty) return;
  const similar = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM contacts_similar(${tenant}::uuid, ${sought}, ${limit})`;
  hits.add('similar', similar);
}
