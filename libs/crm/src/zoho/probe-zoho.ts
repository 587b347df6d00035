import type { Probe } from '../connector.js';
import type { CrmIo } from '../talk/crm-io.js';
import { idIn, listIn, memberOf, textIn } from '../talk/members.js';
import type { ZohoSettings } from './zoho-settings.js';

/** Who we are, and whether the tenant's field for our id is one that keeps calls single. */
export async function probeZoho({ callIdField }: ZohoSettings, io: CrmIo): Promise<Probe> {
  const users = await io.ask({ method: 'GET', path: '/crm/v8/users', query: { type: 'CurrentUser' } });
  const account = idIn(users.json, 'users', 0, 'full_name') ?? idIn(users.json, 'users', 0, 'email');
  if (callIdField === '') return { account, lacks: [] };
  const query = { module: 'Calls' };
  const { json } = await io.ask({ method: 'GET', path: '/crm/v8/settings/fields', query });
  const field = listIn(json, 'fields').find((one) => textIn(one, 'api_name') === callIdField);
  if (field === undefined) return { account, lacks: [`Calls have no field ${callIdField}.`] };
  const unique = memberOf(field, 'unique');
  const isUnique = typeof unique === 'object' && unique !== null && Object.keys(unique).length > 0;
  const words = `The field ${callIdField} of calls has to be set to allow no duplicates.`;
  return { account, lacks: isUnique ? [] : [words] };
}
