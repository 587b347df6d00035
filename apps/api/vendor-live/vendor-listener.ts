import type { LiveMessageOut } from '#dialects';
import type { VendorBoard } from './vendor-board.js';
import type { VendorLogin } from './vendor-logins.js';
import type { VendorStream } from './vendor-streams.js';

/** Extensions that one client may name to hear no others. */
const MOST_NAMED = 5_000;

/** What one client hears: its connection, or a part of it. */
export class VendorListener {
  /** Words for the extensions that it wants to hear; undefined for all that it may. */
  private wanted: ReadonlySet<string> | undefined;

  constructor(
    readonly login: VendorLogin,
    readonly stream: VendorStream,
  ) {}

  /** Whether it hears everything, as most do, and needs nothing made for it alone. */
  get isWhole(): boolean {
    return this.login.agentId === null && this.wanted === undefined;
  }

  /** Hears these extensions only, by their integers, words or short numbers; all again where none is named. */
  narrow(asked: unknown): void {
    const isObject = typeof asked === 'object' && asked !== null;
    const named: unknown = isObject ? Object.values(asked as Record<string, unknown>)[0] : asked;
    const words = (Array.isArray(named) ? named : typeof named === 'string' ? named.split(',') : [named])
      .filter((word): word is string | number => typeof word === 'string' || typeof word === 'number')
      .map((word) => String(word).trim().toLowerCase())
      .filter((word) => word !== '')
      .slice(0, MOST_NAMED);
    this.wanted = words.length === 0 ? undefined : new Set(words);
  }

  /** The part of these messages that it may hear, and wants to. Snapshots are cut to it as well. */
  heard(messages: readonly LiveMessageOut[]): readonly LiveMessageOut[] {
    if (this.isWhole) return messages;
    const phones = this.phones();
    const isAgents = this.login.agentId !== null;
    return messages.flatMap((message) => {
      if (message.phone !== undefined && !phones.has(message.phone)) return [];
      // Which queues are an agent's own nobody told us.
      if (message.queue !== undefined && isAgents) return [];
      return [{ ...message, data: cut(message.data, { phones, isAgents }) }];
    });
  }

  private phones(): Set<number> {
    const { board } = this.stream;
    const { agentId } = this.login;
    const own = agentId === null ? undefined : new Set(board.phonesOf(agentId));
    return new Set(
      board.now.phones
        .filter((phone) => (own?.has(phone.number) ?? true) && this.isWanted(phone))
        .map(({ number }) => number),
    );
  }

  private isWanted({ number, extension, shortNumber }: VendorBoard['now']['phones'][number]): boolean {
    const { wanted } = this;
    return (
      wanted === undefined ||
      [number, extension, shortNumber].some((word) => wanted.has(String(word).toLowerCase()))
    );
  }
}

/** A snapshot lists extensions and queues. */
function cut(
  data: LiveMessageOut['data'],
  { phones, isAgents }: { phones: ReadonlySet<number>; isAgents: boolean },
): LiveMessageOut['data'] {
  const { extensions, queues } = data;
  return {
    ...data,
    ...(Array.isArray(extensions) && {
      extensions: (extensions as { userID: number }[]).filter(({ userID }) => phones.has(userID)),
    }),
    ...(isAgents && Array.isArray(queues) && { queues: [], Queues: [] }),
    ...(isAgents && Array.isArray(data['dialers']) && { dialers: [] }),
  };
}
