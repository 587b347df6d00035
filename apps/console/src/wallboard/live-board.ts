import type { LiveEvent } from '../live/live-connection';

export interface QueueNow {
  connectionId: string;
  id: string;
  name: string | null;
  waiting: number;
  /** ISO 8601; null where nobody waits. */
  longestSince: string | null;
}

export interface AgentNow {
  agent: string;
  state: 'free' | 'ringing' | 'busy' | 'unreachable';
  call: string | null;
  since: string | null;
  said: { standing: 'available' | 'paused' | 'away'; since: string } | null;
}

/** With whom somebody is on the phone. */
export interface Party {
  call: string;
  /** Name of the only contact with that number, else the number. */
  text: string;
}

export interface Board {
  /** Whether anything was heard at all: nobody is free of whom nothing is known. */
  isKnown: boolean;
  queues: readonly QueueNow[];
  agents: ReadonlyMap<string, AgentNow>;
  parties: ReadonlyMap<string, Party>;
}

/** Who looks needs no more; a busy house tells of dozens of changes a second. */
const SHOWN_EVERY_MS = 500;

interface PopupSeen {
  agent: string;
  call: string;
  state: 'ringing' | 'answered' | 'elsewhere' | 'ended';
  number: string;
  contacts: readonly { name: string }[];
}

export const queueKeyOf = ({ connectionId, id }: Pick<QueueNow, 'connectionId' | 'id'>): string =>
  `${connectionId}/${id}`;

/**
 * What the live channel says of queues and agents, by what it is about: it grows with those, never with calls.
 *
 * What is shown of it changes at most twice a second, and rows that are as before are the same objects.
 */
export class LiveBoard {
  private readonly queues = new Map<string, QueueNow>();
  private readonly agents = new Map<string, AgentNow>();
  private readonly parties = new Map<string, Party>();
  private readonly readers = new Set<() => void>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private shown: Board = { isKnown: false, queues: [], agents: new Map(), parties: new Map() };

  /** Everything that is now: whatever else was known is over. */
  readonly begin = (events: readonly LiveEvent[]): void => {
    for (const known of [this.queues, this.agents, this.parties]) known.clear();
    for (const event of events) this.take(event);
    clearTimeout(this.timer);
    this.show();
  };

  readonly change = (events: readonly LiveEvent[]): void => {
    for (const event of events) this.take(event);
    this.timer ??= setTimeout(() => {
      this.show();
    }, SHOWN_EVERY_MS);
  };

  readonly subscribe = (reader: () => void): (() => void) => {
    this.readers.add(reader);
    return () => this.readers.delete(reader);
  };

  readonly read = (): Board => this.shown;

  private take(event: LiveEvent): void {
    if (event.topic === 'queue') {
      const queue = event as unknown as QueueNow;
      this.queues.set(queueKeyOf(queue), queue);
    }
    if (event.topic === 'agent') {
      const agent = event as unknown as AgentNow;
      this.agents.set(agent.agent, agent);
    }
    if (event.topic === 'popup') this.meet(event as unknown as PopupSeen);
  }

  private meet({ agent, call, state, number, contacts }: PopupSeen): void {
    const isOn = state === 'ringing' || state === 'answered';
    if (isOn) {
      const [only] = contacts;
      const name = contacts.length === 1 ? only?.name : undefined;
      this.parties.set(agent, { call, text: name ?? number });
    } else if (this.parties.get(agent)?.call === call) this.parties.delete(agent);
  }

  private show(): void {
    this.timer = undefined;
    this.shown = {
      isKnown: true,
      queues: [...this.queues.values()],
      agents: new Map(this.agents),
      parties: new Map(this.parties),
    };
    for (const reader of this.readers) reader();
  }
}
