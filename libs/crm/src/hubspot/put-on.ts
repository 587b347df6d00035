/** A call on another contact (developers.hubspot.com: "Associations", version 4). */
import type { CrmContact, CrmRecord } from '../connector.js';
import type { CrmIo } from '../talk/crm-io.js';
import { idIn, listIn } from '../talk/members.js';

/** The new one first: should it be gone, the call stays where it was. */
export async function putOn({ id }: CrmRecord, contact: CrmContact | null, io: CrmIo): Promise<void> {
  const call = `/crm/v4/objects/calls/${encodeURIComponent(id)}/associations`;
  const of = (contactId: string) => `contacts/${encodeURIComponent(contactId)}`;
  if (contact !== null) await io.ask({ method: 'PUT', path: `${call}/default/${of(contact.id)}` });
  const { json } = await io.ask({ method: 'GET', path: `${call}/contacts` });
  for (const one of listIn(json, 'results')) {
    const there = idIn(one, 'toObjectId');
    if (there === null || there === contact?.id) continue;
    await io.ask({ method: 'DELETE', path: `${call}/${of(there)}` });
  }
}
