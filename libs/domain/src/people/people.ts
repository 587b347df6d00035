/**
 * A connection's directory: the tenant's agents, and what the tenant calls the extensions, queues and numbers of this PBX.
 * Looked up for every call that is told, so it is indexed once, when it is read.
 */
import type { Agent, NamedId, Party } from '../call/call.js';
import type { AgentId } from '../ids.js';
import { readParty } from '../phone/party.js';

export interface AgentEntry {
  id: AgentId;
  name: string;
  email: string | null;
  /** The vendor's code of the representative. */
  code: string | null;
}

export interface ExtensionEntry {
  /** As the PBX prints it: an extension number, an extended number such as `0003*210`, or a SIP user. */
  number: string;
  /** Other names of the same phone. */
  aliases: readonly string[];
  agentId: AgentId | null;
  label: string | null;
}

export interface PeopleEntries {
  agents: readonly AgentEntry[];
  extensions: readonly ExtensionEntry[];
  queues: readonly { vendorId: string; label: string }[];
  dids: readonly { number: string; label: string }[];
}

/** What names one thing only; a name that two share names none. */
type Unique<T> = Map<string, T | 'several'>;

export class People {
  private readonly byNumber: Unique<ExtensionEntry> = new Map();
  private readonly byAlias: Unique<ExtensionEntry> = new Map();
  private readonly agents = new Map<AgentId, AgentEntry>();
  private readonly byCode: Unique<AgentEntry> = new Map();
  private readonly byName: Unique<AgentEntry> = new Map();
  private readonly byEmail: Unique<AgentEntry> = new Map();
  private readonly queues = new Map<string, string>();
  private readonly dids = new Map<string, string>();
  private readonly didsByE164: Unique<string> = new Map();
  /** How many entries there are, which says what keeping it costs. */
  readonly size: number;

  /** @param country  ISO 3166-1 alpha-2 of the connection, for numbers that are written without a country code */
  constructor({ agents, extensions, queues, dids }: PeopleEntries, country: string) {
    this.size = agents.length + extensions.length + queues.length + dids.length;
    for (const agent of agents) {
      this.agents.set(agent.id, agent);
      put(this.byCode, agent.code, agent);
      put(this.byName, agent.name, agent);
      put(this.byEmail, agent.email, agent);
    }
    for (const extension of extensions) {
      put(this.byNumber, extension.number, extension);
      for (const alias of extension.aliases) put(this.byAlias, alias, extension);
    }
    for (const { vendorId, label } of queues) this.queues.set(vendorId, label);
    for (const { number, label } of dids) {
      this.dids.set(number, label);
      put(this.didsByE164, readParty(number, country).e164, label);
    }
  }

  /** By its number, else by an alias, whatever the case of its letters. */
  extension(printed: string | null): ExtensionEntry | undefined {
    return one(this.byNumber, printed) ?? one(this.byAlias, printed);
  }

  /**
   * Who took part: whose extension it is, else whom the PBX's own code or name (which some set to an e-mail address)
   * names. A step that finds two finds nobody: a call on the wrong person is worse than on none.
   */
  agent(extension: string | null, told: Agent | null): AgentEntry | undefined {
    const owner = this.extension(extension)?.agentId ?? null;
    return (
      (owner === null ? undefined : this.agents.get(owner)) ??
      one(this.byCode, told?.code) ??
      one(this.byName, told?.name) ??
      one(this.byEmail, told?.name) ??
      one(this.byEmail, told?.code)
    );
  }

  agentOfId(agentId: AgentId): AgentEntry | undefined {
    return this.agents.get(agentId);
  }

  /** By its code, name or e-mail address; one that two have is nobody's. */
  agentNamed(word: string): AgentEntry | undefined {
    return one(this.byCode, word) ?? one(this.byName, word) ?? one(this.byEmail, word);
  }

  /** Those that the tenant has names for. */
  queueEntries(): { vendorId: string; label: string }[] {
    return [...this.queues].map(([vendorId, label]) => ({ vendorId, label }));
  }

  queueLabel({ id }: NamedId): string | null {
    return this.queues.get(id) ?? null;
  }

  /** By the very text, else by the number that it means. */
  didLabel({ original, e164 }: Party): string | null {
    return this.dids.get(original) ?? one(this.didsByE164, e164) ?? null;
  }
}

/** The directory of a connection of which nobody wrote anything down. */
export const NO_PEOPLE = new People({ agents: [], extensions: [], queues: [], dids: [] }, '');

function put<T>(index: Unique<T>, name: string | null, value: T): void {
  const key = squeezed(name);
  if (key === '') return;
  const known = index.get(key);
  index.set(key, known === undefined || known === value ? value : 'several');
}

function one<T>(index: Unique<T>, name: string | null | undefined): T | undefined {
  // Most connections have an empty directory, and squeezing a name costs more than finding none.
  if (index.size === 0) return undefined;
  const found = index.get(squeezed(name));
  return found === 'several' ? undefined : found;
}

/** How names are compared: without regard to case and to how many spaces there are. */
function squeezed(name: string | null | undefined): string {
  return (name ?? '').trim().replace(/\s+/g, ' ').toLowerCase();
}
