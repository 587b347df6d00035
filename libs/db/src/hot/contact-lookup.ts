import {
  DIRECTORY,
  lookupNumbers,
  numberKey,
  numberVariants,
  type Candidate,
  type ConnectionId,
  type FoundCandidates,
  type FoundContact,
  type SourceStanding,
  type TenantId,
} from '#domain';
import { Batcher } from '../pool/batcher.js';
import type { HotPool } from '../pool/hot-pool.js';
import { groupRows } from './group-rows.js';
import { pgArray } from './pg-array.js';
import { withoutNul } from './without-nul.js';

/** Whose contacts are asked for which number. */
export interface ContactKey {
  tenantId: TenantId;
  /** Contacts are found by each form that the number has (`numberVariants`). */
  e164: string;
  /** Digits that are nobody's number where this connection's directory has an extension of that name. */
  unlessExtension?: { connectionId: ConnectionId; number: string } | false;
  /** Whether of very many contacts those that were made first are listed, and not those that were changed last. */
  oldestFirst?: boolean;
}

/** As `own` of the statement lists them: number, country of its connection, what it is. */
type OwnNumber = [number: string, country: string, kind: 'extension' | 'own_number'];

/** As `sources` of the statement lists them; null contacts for nobody, and for what was not asked. */
type SourceRow = [
  source: string,
  said: 'fresh' | 'stale' | 'missing',
  isResting: boolean,
  contacts: FoundContact[] | null,
];

interface Row extends Record<string, unknown> {
  place: number;
  is_extension: boolean;
  own: OwnNumber[] | null;
  sources: SourceRow[] | null;
  /** Null where there is no contact, as all that follows. */
  id: string | null;
  external_id: string | null;
  name: string;
  company: string | null;
  url: string | null;
  created_at: number;
  updated_at: number;
  numbers: string[];
  total: number;
}

/** A number that hundreds of contacts share, such as a switchboard's, must not make the answer as long. */
const MOST_LISTED = 5;
/** Of the tenant's own numbers with the same last digits. */
const MOST_OWN = 20;
/** As in the indexes of numbers by their last digits. */
const TAIL = 7;

/**
 * The tenant's own numbers are kept as they were written, so those with the same last digits are read, and compared by us.
 */
const FIND = `
SELECT q.place::int AS place, coalesce(x.known, false) AS is_extension, o.own, y.sources, f.*
FROM unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::boolean[], $6::text[]) WITH ORDINALITY
  AS q(tenant_id, forms, connection_id, extension, oldest, key, place)
LEFT JOIN LATERAL (
  SELECT true AS known FROM extension x WHERE x.tenant_id = q.tenant_id AND x.connection_id = q.connection_id
    AND (x.number = q.extension OR q.extension = ANY(x.aliases)) LIMIT 1) x ON true
LEFT JOIN LATERAL (
  SELECT json_agg(json_build_array(w.number, c.country, w.kind)) AS own
  FROM ((SELECT d.number, d.connection_id, 'own_number' AS kind FROM did d
         WHERE d.tenant_id = q.tenant_id
           AND right(regexp_replace(d.number, '\\D', '', 'g'), ${TAIL}) = right(q.forms, ${TAIL}) LIMIT ${MOST_OWN})
        UNION ALL
        (SELECT e.number, e.connection_id, 'extension' FROM extension e
         WHERE e.tenant_id = q.tenant_id
           AND right(regexp_replace(e.number, '\\D', '', 'g'), ${TAIL}) = right(q.forms, ${TAIL}) LIMIT ${MOST_OWN})) w
  JOIN connection c ON c.id = w.connection_id) o ON true
LEFT JOIN LATERAL (
  SELECT json_agg(json_build_array(s.id,
           CASE WHEN a.source_id IS NULL THEN 'missing' WHEN a.fresh_until > now() THEN 'fresh' ELSE 'stale' END,
           coalesce(h.open_until > now(), false), a.contacts)) AS sources
  FROM contact_source s
  LEFT JOIN source_answer a ON a.source_id = s.id AND a.e164 = q.key AND a.version = s.version
    AND a.stale_until > now()
  LEFT JOIN source_health h ON h.source_id = s.id AND h.version = s.version
  WHERE s.tenant_id = q.tenant_id AND s.enabled) y ON x.known IS NULL
LEFT JOIN LATERAL (
  SELECT c.id, c.external_id, c.name, c.company, c.url, (extract(epoch FROM c.created_at) * 1000)::float8 AS created_at,
         (extract(epoch FROM c.updated_at) * 1000)::float8 AS updated_at, p.numbers, (count(*) OVER ())::int AS total
  FROM (SELECT contact_id, array_agg(e164) AS numbers FROM contact_phone
        WHERE tenant_id = q.tenant_id AND e164 = ANY(string_to_array(q.forms, ' ')) GROUP BY contact_id) p
  JOIN contact c ON c.tenant_id = q.tenant_id AND c.id = p.contact_id
  ORDER BY CASE WHEN q.oldest THEN c.created_at END, c.updated_at DESC, c.id DESC LIMIT ${MOST_LISTED}) f
  ON x.known IS NULL`;

/**
 * Finds the contacts of a number while the phone rings: those of the directory, and what the tenant's other sources last said.
 * Those asked for together are found by one statement.
 */
export class ContactLookup {
  private readonly batcher: Batcher<ContactKey, FoundCandidates>;

  constructor(private readonly hot: HotPool) {
    this.batcher = new Batcher({ maxItems: 500, maxInFlight: 2, run: (keys) => this.findAll(keys) });
  }

  /** @throws AppError `database.unavailable` */
  find(key: ContactKey): Promise<FoundCandidates> {
    return this.batcher.add(key);
  }

  private async findAll(keys: ContactKey[]): Promise<FoundCandidates[]> {
    const { uuid, text } = pgArray;
    const rows = await this.hot.run<Row>(
      'contact.find',
      FIND,
      [
        uuid(keys.map(({ tenantId }) => tenantId)),
        text(keys.map(({ e164 }) => numberVariants(e164).join(' '))),
        uuid(keys.map(({ unlessExtension: of }) => (of ? of.connectionId : null))),
        text(keys.map(({ unlessExtension: of }) => withoutNul(of ? of.number : null))),
        keys.map(({ oldestFirst = false }) => oldestFirst),
        text(keys.map(({ e164 }) => numberKey(e164))),
      ],
      keys.length,
    );
    const byPlace = groupRows<Row, number>(rows, 'place');
    return keys.map(({ e164 }, at) => foundIn(byPlace.get(at + 1) ?? [], e164));
  }
}

function foundIn(rows: readonly Row[], e164: string): FoundCandidates {
  const [first] = rows;
  const own = first === undefined ? null : ownIn(first, e164);
  const directory = rows.flatMap((row) => (row.id === null ? [] : candidateOf(row.id, row)));
  const directoryTotal = directory.length === 0 ? 0 : (first?.total ?? 0);
  const sources = first?.sources ?? null;
  if (sources === null) return { own, total: directoryTotal, candidates: directory };
  const others = sources.flatMap(([source, , , contacts]) => (contacts ?? []).map(candidateIn(source)));
  return {
    own,
    total: directoryTotal + others.length,
    candidates: [...directory, ...others],
    sources: sources.map(standingOf),
  };
}

function standingOf([id, said, isResting, contacts]: SourceRow): SourceStanding {
  return { id, said, isResting, contacts: contacts?.length ?? 0 };
}

/** What is the source's own id to us is the tenant's own id of it. */
function candidateIn(source: string): (contact: FoundContact) => Candidate {
  return (contact) => ({ ...contact, source, externalId: contact.id });
}

/** A number that its owner calls from is a colleague's before it is one of the house's. */
function ownIn({ is_extension: isExtension, own }: Row, e164: string): FoundCandidates['own'] {
  if (isExtension) return 'extension';
  const forms = numberVariants(e164);
  const ours = (own ?? []).filter(([number, country]) =>
    lookupNumbers(number, country).some((form) => forms.includes(form)),
  );
  if (ours.length === 0) return null;
  return ours.some(([, , kind]) => kind === 'extension') ? 'extension' : 'own_number';
}

function candidateOf(contactId: string, row: Row): Candidate {
  const { external_id: externalId, name, company, url, numbers } = row;
  const times = { createdAt: row.created_at, updatedAt: row.updated_at };
  return { id: contactId, source: DIRECTORY, externalId, name, company, url, numbers, ...times };
}
