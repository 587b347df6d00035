import type { ContactFacts } from './contact-facts.js';

/**
 * One contact of several: what the kept one says stands, what it leaves open the others say, in their order. Numbers and ids in
 * other systems are those of all of them, each once. The tenant's own id of another one is kept where the kept one has none.
 */
export function mergeContacts(kept: ContactFacts, others: readonly ContactFacts[]): ContactFacts {
  const all = [kept, ...others];
  const first = <K extends keyof ContactFacts>(member: K) =>
    all.find((contact) => contact[member] !== null)?.[member] ?? kept[member];
  return {
    externalId: first('externalId'),
    externalIds: distinct(
      all.flatMap(({ externalIds }) => externalIds),
      ({ source, id }) => `${source} ${id}`,
    ),
    kind: kept.kind,
    name: kept.name,
    company: first('company'),
    companyId: first('companyId'),
    email: first('email'),
    url: first('url'),
    metadata: Object.assign({}, ...all.toReversed().map(({ metadata }) => metadata)) as Record<
      string,
      unknown
    >,
    ownerId: first('ownerId'),
    phones: distinct(
      all.flatMap(({ phones }) => phones),
      ({ e164 }) => e164,
    ),
  };
}

function distinct<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const byKey = new Map<string, T>();
  for (const item of items) if (!byKey.has(keyOf(item))) byKey.set(keyOf(item), item);
  return [...byKey.values()];
}
