/** The field of HubSpot's calls that holds our id: unique, so that HubSpot itself refuses a second record of a call. */
import { CrmFault, type CrmIo } from '../talk/crm-io.js';
import { textIn } from '../talk/members.js';

export const CALL_ID = 'switchhook_call_id';

/**
 * Makes it where it is missing.
 *
 * @returns what is in the way, in sentences; empty where the field is there
 * @throws CrmFault for what has nothing to do with the field
 */
export async function makeCallIdField(io: CrmIo): Promise<string[]> {
  const path = '/crm/v3/properties/calls';
  const field = await io.ask({ method: 'GET', path: `${path}/${CALL_ID}` }).catch(unlessGone);
  if (field !== null) return faultsOf(field.json);
  // Groups are named by each account; that of a standard field is there in all of them.
  const title = await io.ask({ method: 'GET', path: `${path}/hs_call_title` });
  const json = {
    name: CALL_ID,
    label: 'Switchhook call id',
    description: 'Keeps each call single. Written by Switchhook.',
    groupName: textIn(title.json, 'groupName'),
    type: 'string',
    fieldType: 'text',
    hasUniqueValue: true,
  };
  try {
    await io.ask({ method: 'POST', path, json, makes: true });
    return [];
  } catch (fault) {
    if (!(fault instanceof CrmFault)) throw fault;
    if (fault.kind === 'duplicate') return [];
    if (fault.kind !== 'refused' && fault.kind !== 'unauthorised') throw fault;
    return [`Calls lack the field ${CALL_ID}, and it could not be made. ${fault.reason}`];
  }
}

function faultsOf(field: unknown): string[] {
  const isUnique = (field as { hasUniqueValue?: unknown } | null)?.hasUniqueValue === true;
  return isUnique ? [] : [`The field ${CALL_ID} of calls has to be one of unique values: delete it.`];
}

function unlessGone(fault: unknown): null {
  if (fault instanceof CrmFault && fault.kind === 'gone') return null;
  throw fault;
}
