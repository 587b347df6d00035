import type { EndpointId } from '#domain';
import type { Tx } from '../tenancy/tenant-scope.js';
import { writeAudit } from './audit-trail.js';

type Entry = Pick<Parameters<typeof writeAudit>[1], 'whose' | 'actor' | 'at'>;

/** Writes down that a source of contacts is gone. */
export async function tellDeleted(
  tx: Tx,
  {
    id: subjectId,
    name,
    url,
    endpointId,
  }: { id: string; name: string; url: string | null; endpointId: string | null },
  entry: Entry,
): Promise<void> {
  const asked =
    url === null ? { endpointId: { from: endpointId, to: null } } : { url: { from: url, to: null } };
  const changes = { name: { from: name, to: null }, ...asked };
  await writeAudit(tx, { ...entry, action: 'contact_source.deleted', subjectId, changes });
}

/** The sources that ask through an endpoint go with it: without its credentials they could ask nobody. */
export async function deleteSourcesOf(tx: Tx, endpointId: EndpointId, entry: Entry): Promise<void> {
  const own = { endpointId, tenantId: entry.whose };
  const sources = await tx.contactSource.findMany({ where: own });
  await tx.contactSource.deleteMany({ where: own });
  for (const source of sources) await tellDeleted(tx, source, entry);
}
