/** Which contact of the CRM a call is logged on: remembered, else found and checked, else made by the tenant's policy. */
import { lookupNumbers, numberKey, numberVariants, type EnrichedCall } from '#domain';
import type { Connector, Crm, CrmContact, FoundCrmContact } from '../connector.js';
import { mayCreateContact, outsideOf } from '../policy/wants-log.js';
import { newContactName, ownerOf } from '../policy/entry-of.js';
import type { LoggingPolicy } from '../policy/logging-policy.js';
import { CrmFault, type CrmIo } from '../talk/crm-io.js';
import type { CrmLedger, KeptContact } from './ledger.js';
import { LOOK_AGAIN_MS, TooEarly, waitForSearch } from './too-early.js';

export interface WhoseParts {
  crm: Crm;
  connector: Pick<Connector, 'lagSeconds'>;
  policy: LoggingPolicy;
  ledger: CrmLedger;
  io: CrmIo;
}

export interface WhoseCall {
  contact: CrmContact | null;
  /** Why it is this one or none, for the delivery log. */
  words: string;
  /** People have to choose among these; left out: nobody has to. */
  candidates?: readonly CrmContact[];
}

/**
 * @param kept  what is remembered of the number; a CRM's search may not know yet whom we made a minute ago
 * @throws CrmFault
 */
export async function whoseCall(
  call: EnrichedCall,
  kept: KeptContact | null,
  parts: WhoseParts,
): Promise<WhoseCall> {
  const { e164 } = outsideOf(call);
  if (e164 === null) return { contact: null, words: 'on nobody, for there is no number' };
  if (kept?.state === 'written' && kept.contact !== null) {
    return { contact: kept.contact, words: `on ${nameOf(kept.contact)}, as before` };
  }
  const found = await whoHas(e164, parts);
  if (found !== null) return found;
  if (kept?.state === 'writing') waitForSearch(kept.askedAt, parts.connector, parts.io);
  return create(call, { e164, isAgain: kept?.state === 'writing' }, parts);
}

/** As the CRM has it now. @returns null where nobody has the number */
export async function whoHas(e164: string, parts: WhoseParts): Promise<WhoseCall | null> {
  const found = withNumber(await parts.crm.findContacts(e164, parts.io), e164, parts.io.country);
  return found.length > 0 ? choose(found, e164, parts) : null;
}

/** Of what a fuzzy search found, those that have the number itself, each once. */
export function withNumber(
  found: readonly FoundCrmContact[],
  e164: string,
  country: string,
): FoundCrmContact[] {
  const forms = numberVariants(e164);
  const having = found.filter(({ phones }) =>
    phones.some((phone) => lookupNumbers(phone, country).some((number) => forms.includes(number))),
  );
  return [...new Map(having.map((contact) => [`${contact.type} ${contact.id}`, contact])).values()];
}

async function choose(
  found: readonly FoundCrmContact[],
  e164: string,
  { policy, ledger }: WhoseParts,
): Promise<WhoseCall> {
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) {
    await ledger.keepContact(numberKey(e164), plain(only));
    return { contact: plain(only), words: `on ${nameOf(only)}, the only one with the number` };
  }
  if (policy.choose === 'ask') {
    const words = `on nobody, for ${String(found.length)} contacts have the number`;
    return { contact: null, words, candidates: found.map(plain) };
  }
  const ordered = found.toSorted(policy.choose === 'created_first' ? createdFirst : updatedLast);
  const [first] = ordered;
  if (first === undefined) return { contact: null, words: 'on nobody' };
  const why = policy.choose === 'created_first' ? 'made first' : 'changed last';
  return {
    contact: plain(first),
    words: `on ${nameOf(first)}, of ${String(found.length)} contacts with the number the one that was ${why}`,
  };
}

/**
 * Kept as begun before the CRM is asked: should the answer get lost, the next try looks before it makes a second one.
 *
 * @param of  `isAgain`: an earlier try asked for it, and the search has had its time since
 */
async function create(
  call: EnrichedCall,
  { e164, isAgain }: { e164: string; isAgain: boolean },
  parts: WhoseParts,
): Promise<WhoseCall> {
  const { crm, connector, policy, ledger, io } = parts;
  if (crm.createContact === undefined || !mayCreateContact(call, policy)) {
    return { contact: null, words: 'on nobody, for nobody has the number' };
  }
  await ledger.beginContact(numberKey(e164));
  const draft = {
    name: newContactName(call, policy),
    e164,
    withoutNumber: false,
    ownerId: ownerOf(call, policy, null),
  };
  const made = await createOrMend(draft, crm, io).catch(async (fault: unknown) => {
    if (fault instanceof CrmFault && !fault.more.unclear) await ledger.forgetContact(numberKey(e164));
    throw fault;
  });
  if (made === null) {
    // Whoever it is may have got the number just now.
    if (connector.lagSeconds > 0 && !isAgain) throw new TooEarly(LOOK_AGAIN_MS, TWIN_UNSEEN);
    await ledger.forgetContact(numberKey(e164));
    return { contact: null, words: 'on nobody, for the CRM takes them for somebody who has not the number' };
  }
  await ledger.keepContact(numberKey(e164), made);
  return { contact: made, words: `on ${nameOf(made)}, a contact that was made for it` };
}

const TWIN_UNSEEN = 'the CRM knows the caller already, and its search may not show yet who it is';

/** @returns null where the CRM takes them for somebody of whom nothing says that they have the number */
async function createOrMend(
  draft: Parameters<NonNullable<Crm['createContact']>>[0],
  crm: Crm,
  io: CrmIo,
): Promise<CrmContact | null> {
  const make = (of: typeof draft) => crm.createContact?.(of, io) as Promise<CrmContact>;
  try {
    return await make(draft);
  } catch (fault) {
    if (!(fault instanceof CrmFault)) throw fault;
    // In the description it can be read and put right; a call without a contact would be lost among others.
    if (fault.kind === 'bad number') return make({ ...draft, withoutNumber: true });
    if (fault.kind !== 'duplicate') throw fault;
    const [there] = withNumber(await crm.findContacts(draft.e164, io), draft.e164, io.country);
    if (there !== undefined) return plain(there);
    const { id = null, sure } = fault.more;
    if (id === null || sure !== true) return null;
    return { id, type: '', name: draft.name, url: null, ownerId: null };
  }
}

function plain({ id, type, name, url, ownerId }: CrmContact): CrmContact {
  return { id, type, name, url, ownerId };
}

function nameOf({ name, id }: CrmContact): string {
  return name === '' ? `contact ${id}` : name;
}

function updatedLast(a: FoundCrmContact, b: FoundCrmContact): number {
  return b.updatedAt - a.updatedAt || compareIds(b.id, a.id);
}

function createdFirst(a: FoundCrmContact, b: FoundCrmContact): number {
  return a.createdAt - b.createdAt || compareIds(a.id, b.id);
}

/** Most CRMs count: of two numbers the shorter one is the smaller. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}
