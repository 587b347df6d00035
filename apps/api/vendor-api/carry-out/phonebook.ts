import type { ConnectionId, People, TenantId } from '#domain';
import type {
  ExtensionRecord,
  ExtensionRepository,
  NumberedKind,
  PeopleRepository,
  VendorNumberRepository,
} from '#db';

/** Connections whose directory is remembered. One of a thousand phones is half a megabyte. */
const MOST_REMEMBERED = 100;

/** The directory of a connection as it stands. */
export interface Phones {
  records: readonly ExtensionRecord[];
  /** Undefined where the connection is gone. */
  people: People | undefined;
}

interface Remembered extends Phones {
  mark: string;
}

export interface PhonebookParts {
  extensions: Pick<ExtensionRepository, 'all'>;
  people: Pick<PeopleRepository, 'of' | 'markOf'>;
  numbers: Pick<VendorNumberRepository, 'of'>;
}

/**
 * The phones of a connection, whose they are, and their integers. Wallboards ask every few seconds, and a directory changes once a
 * week: it is read again when its mark is another one. Integers never change.
 */
export class Phonebook {
  /** The connection that was read longest ago comes first. */
  private readonly known = new Map<ConnectionId, Remembered>();
  private readonly numbers = new Map<ConnectionId, Map<string, number>>();

  constructor(private readonly parts: PhonebookParts) {}

  async of(tenant: TenantId, connectionId: ConnectionId): Promise<Phones> {
    // The mark is read first: what changes meanwhile is read once more, and not missed.
    const mark = await this.parts.people.markOf(tenant, connectionId);
    const known = this.known.get(connectionId);
    if (known !== undefined && known.mark === mark) return known;
    const [records, directories] = await Promise.all([
      this.parts.extensions.all(tenant, connectionId),
      this.parts.people.of(tenant, [connectionId]),
    ]);
    const phones = { records, people: directories.get(connectionId)?.people };
    if (mark !== undefined) remember(this.known, connectionId, { ...phones, mark });
    return phones;
  }

  /** The integer of each subject. */
  async numbersOf(
    tenant: TenantId,
    connectionId: ConnectionId,
    kind: Extract<NumberedKind, 'extension' | 'agent'>,
    subjects: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    const known = this.numbers.get(connectionId) ?? new Map<string, number>();
    const missing = subjects.filter((subject) => !known.has(`${kind} ${subject}`));
    const given = await this.parts.numbers.of(tenant, connectionId, kind, missing);
    for (const [subject, number] of given) known.set(`${kind} ${subject}`, number);
    remember(this.numbers, connectionId, known);
    return new Map(subjects.map((subject) => [subject, known.get(`${kind} ${subject}`) ?? 0]));
  }
}

function remember<T>(memory: Map<ConnectionId, T>, connectionId: ConnectionId, value: T): void {
  memory.delete(connectionId);
  const [oldest] = memory.keys();
  if (oldest !== undefined && memory.size >= MOST_REMEMBERED) memory.delete(oldest);
  memory.set(connectionId, value);
}
