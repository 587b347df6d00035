import { numberBeginnings, type TenantId } from '#domain';
import type { Tx } from '../tenancy/tenant-scope.js';
import type { SearchHits } from './search-hits.js';
import { numbersOf } from './spellings-of.js';

/** Fewer digits than these are part of every number. */
const LEAST_DIGITS = 4;
const NUMBER_TEXT = /^[\s\d+().\-/]*\d[\s\d+().\-/]*$/;
/** Behind all digits. */
const AFTER_DIGITS = ':';

export function isNumberText(text: string): boolean {
  return NUMBER_TEXT.test(text);
}

/** Contacts by a number: the whole one in any spelling, then those that begin or end so. */
export async function addNumberHits(tx: Tx, tenant: TenantId, text: string, hits: SearchHits): Promise<void> {
  const connections = await tx.connection.findMany({
    select: { country: true },
    where: { tenantId: tenant },
    distinct: ['country'],
  });
  const countries = connections.map(({ country }) => country);
  const whole = numbersOf(text, new Set(countries));
  const { limit } = hits;
  const having = await tx.contactPhone.findMany({
    select: { contactId: true },
    where: { tenantId: tenant, e164: { in: whole } },
    distinct: ['contactId'],
    orderBy: { contactId: 'desc' },
    take: limit,
  });
  hits.add(
    'number',
    having.map(({ contactId: id }) => ({ id })),
  );
  const digits = text.replace(/\D/g, '');
  if (hits.isFull || digits.length < LEAST_DIGITS) return;
  hits.add('beginning', await beginningWith(tx, tenant, numberBeginnings(text, countries), limit));
  if (hits.isFull) return;
  hits.add('part', await endingWith(tx, tenant, digits, limit));
}

function beginningWith(tx: Tx, tenant: TenantId, begins: string[], limit: number): Promise<{ id: string }[]> {
  return tx.$queryRaw<{ id: string }[]>`
    SELECT n.contact_id AS id FROM unnest(${begins}::text[]) WITH ORDINALITY AS b(begin, place)
    CROSS JOIN LATERAL (
      SELECT p.contact_id, p.e164 FROM contact_phone p
      WHERE p.tenant_id = ${tenant}::uuid AND p.e164 >= b.begin AND p.e164 < b.begin || ${AFTER_DIGITS}
      ORDER BY p.e164, p.contact_id LIMIT ${limit}) n
    ORDER BY b.place, n.e164, n.contact_id`;
}

function endingWith(tx: Tx, tenant: TenantId, digits: string, limit: number): Promise<{ id: string }[]> {
  const backwards = [...digits].reverse().join('');
  return tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM contacts_ending(${tenant}::uuid, ${backwards}, ${limit})`;
}
