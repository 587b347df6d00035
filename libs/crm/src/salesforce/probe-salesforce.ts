import type { Probe } from '../connector.js';
import type { CrmIo } from '../talk/crm-io.js';
import { idIn, listIn, memberOf, textIn } from '../talk/members.js';
import type { SalesforceSettings } from './salesforce-settings.js';

/** What is written of a task: which of it a user sees is the org's choice. */
const WRITTEN = [
  'Subject',
  'Status',
  'TaskSubtype',
  'CallType',
  'CallDurationInSeconds',
  'CallDisposition',
  'WhoId',
  'OwnerId',
  'ActivityDate',
  'Description',
];

/** Who we are, and which fields of tasks we may not write. */
export async function probeSalesforce(
  { callIdField }: SalesforceSettings,
  data: string,
  io: CrmIo,
): Promise<Probe> {
  const user = await io.ask({ method: 'GET', path: '/services/oauth2/userinfo' });
  const { json } = await io.ask({ method: 'GET', path: `${data}/sobjects/Task/describe` });
  const writable = new Set(
    listIn(json, 'fields')
      .filter((field) => memberOf(field, 'createable') === true)
      .map((field) => textIn(field, 'name')),
  );
  const missing = [...WRITTEN, callIdField].filter((name) => !writable.has(name));
  return {
    account: idIn(user.json, 'name') ?? idIn(user.json, 'preferred_username'),
    lacks: [
      ...(memberOf(json, 'createable') === true ? [] : ['The user may not create tasks.']),
      ...missing.map((name) => `The user may not write the field ${name} of tasks, or there is none.`),
      ...(memberOf(json, 'updateable') === true
        ? []
        : ['The user may not change tasks: have calls logged once, when they are complete.']),
    ],
  };
}
