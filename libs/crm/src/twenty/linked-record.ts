/** Notes and tasks of Twenty, which stand on people through records of their own. */
import type { CrmContact } from '../connector.js';
import { CrmFault, unreadable, type CrmIo } from '../talk/crm-io.js';
import { idIn, listIn } from '../talk/members.js';

type Kind = 'note' | 'task';

/** Of a link, the member that names the person: it was renamed, and a workspace has the one or the other. */
const PERSON = ['targetPersonId', 'personId'] as const;
const MOST_LINKS = 60;

/**
 * Makes a record and puts it on a person.
 *
 * @returns its id
 * @throws CrmFault  once the record is there, always an unclear one: it must be looked up before it is made again
 */
export async function makeOn(
  person: CrmContact | null,
  { kind, json }: { kind: Kind; json: Record<string, unknown> },
  io: CrmIo,
): Promise<string> {
  if (person !== null) await askForPerson(person, io);
  const reply = await io.ask({ method: 'POST', path: `/rest/${kind}s`, json, makes: true });
  const id = idIn(reply.json, 'data', kind === 'note' ? 'createNote' : 'createTask', 'id');
  if (id === null) throw unreadable(`id of the ${kind}`);
  if (person !== null) await unclearly(() => link(kind, id, person, io));
  return id;
}

/** Puts a record that is there on a person, unless it is already. */
export async function ensureLinked(kind: Kind, id: string, person: CrmContact, io: CrmIo): Promise<void> {
  const links = await linksOf(kind, id, io);
  if (!links.some((one) => personIn(one) === person.id)) await link(kind, id, person, io);
}

/** Puts a record that is there on this person alone, or on nobody; what else it is on stays. */
export async function linkAlone(
  { kind, id }: { kind: Kind; id: string },
  person: CrmContact | null,
  io: CrmIo,
): Promise<void> {
  if (person !== null) await askForPerson(person, io);
  const links = await linksOf(kind, id, io);
  if (person !== null && !links.some((one) => personIn(one) === person.id)) await link(kind, id, person, io);
  for (const one of links) {
    const [other, linkId] = [personIn(one), idIn(one, 'id')];
    if (other === null || other === person?.id || linkId === null) continue;
    await io.ask({ method: 'DELETE', path: `/rest/${kind}Targets/${encodeURIComponent(linkId)}` });
  }
}

async function linksOf(kind: Kind, id: string, io: CrmIo): Promise<readonly unknown[]> {
  const { json } = await io.ask({
    method: 'GET',
    path: `/rest/${kind}Targets`,
    query: { filter: `${kind}Id[eq]:"${id}"`, limit: MOST_LINKS, depth: 0 },
  });
  return listIn(json, 'data', `${kind}Targets`);
}

function personIn(of: unknown): string | null {
  return PERSON.map((member) => idIn(of, member)).find((id) => id !== null) ?? null;
}

/** A link to somebody who is deleted is taken without a word. */
async function askForPerson({ id }: CrmContact, io: CrmIo): Promise<void> {
  await io.ask({ method: 'GET', path: `/rest/people/${encodeURIComponent(id)}`, query: { depth: 0 } });
}

async function link(kind: Kind, id: string, person: CrmContact, io: CrmIo): Promise<void> {
  const ask = (member: (typeof PERSON)[number]) =>
    io.ask({
      method: 'POST',
      path: `/rest/${kind}Targets`,
      json: { [`${kind}Id`]: id, [member]: person.id },
      makes: true,
    });
  const [now, before] = PERSON;
  try {
    await ask(now);
  } catch (fault) {
    if (!(fault instanceof CrmFault) || fault.kind !== 'refused' || !fault.reason.includes(now)) throw fault;
    await ask(before);
  }
}

async function unclearly(what: () => Promise<void>): Promise<void> {
  try {
    await what();
  } catch (fault) {
    if (!(fault instanceof CrmFault)) throw fault;
    const { reason } = fault;
    if (fault.kind !== 'gone') throw new CrmFault(fault.kind, reason, { ...fault.more, unclear: true });
    // Whoever is told of a contact that is gone makes the record again; this one waits for the next try to find it.
    const outcome = { class: 'unreachable', note: reason } as const;
    throw new CrmFault('unreachable', reason, { unclear: true, outcome });
  }
}
