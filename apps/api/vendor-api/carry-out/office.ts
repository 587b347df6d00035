import { NOTHING_FED } from '#domain';
import type {
  AgentEntry,
  AgentStanding,
  Call,
  ConnectionId,
  DeviceState,
  TenantId,
  ToldAgent,
  ToldCall,
  ToldExtension,
  ToldQueue,
} from '#domain';
import type { AgentStateRecord, AgentStateRepository, ExtensionRecord } from '#db';
import { queueNumber } from '../stable-number.js';
import type { Asker } from './asking.js';
import type { CallNames } from './call-names.js';
import type { OpenCalls } from './open-calls.js';
import type { Phonebook } from './phonebook.js';

export interface OfficeParts {
  phonebook: Pick<Phonebook, 'of' | 'numbersOf'>;
  states: Pick<AgentStateRepository, 'list'>;
  calls: Pick<OpenCalls, 'of' | 'goingOn'>;
  names: Pick<CallNames, 'told'>;
}

const NOTHING_GOES_ON = { calls: [], feed: NOTHING_FED };
/** The vendor's number of who is logged in, and of who is not. */
const LOGGED_IN = 1;
const LOGGED_OUT = 2;

/** What is known of a connection's phones at one moment, as vendors' clients are told it. */
export class Office {
  constructor(private readonly parts: OfficeParts) {}

  /** Every phone of the directory, and every other one that is in a call, with the calls that go on. */
  async extensions(asker: Asker, withCalls: boolean): Promise<ToldExtension[]> {
    const { tenantId, connectionId } = asker.credential;
    const [{ records, people }, states, { calls: open, feed }] = await Promise.all([
      this.parts.phonebook.of(tenantId, connectionId),
      this.parts.states.list(tenantId),
      withCalls ? this.parts.calls.goingOn(asker) : NOTHING_GOES_ON,
    ]);
    const phones = phonesOf(records, open);
    const seen = phones.filter((phone) => isSeen(phone, asker));
    const numbers = await this.numbersOf(tenantId, connectionId, seen);
    const byPhone = callsByPhone(await this.parts.names.told(open, asker), records);
    const stateOf = new Map(states.map((state) => [state.agentId, state]));
    const devices = new Map(feed.phones.map(({ extension, device }) => [extension, device]));
    return seen.map((phone) => {
      const agent = phone.agentId === null ? undefined : people?.agentOfId(phone.agentId);
      const calls = byPhone.get(phone.number) ?? [];
      return toldExtension(phone, {
        ...{ agent, state: agent && stateOf.get(agent.id), numbers, calls },
        device: devices.get(phone.number) ?? 'unknown',
      });
    });
  }

  /** Queues that have a name or a caller, and those that the PBX's channel tells of, with whoever waits in them. */
  async queues(asker: Asker): Promise<ToldQueue[]> {
    const { tenantId, connectionId } = asker.credential;
    const [{ calls: open, feed }, { people }] = await Promise.all([
      this.parts.calls.goingOn(asker),
      this.parts.phonebook.of(tenantId, connectionId),
    ]);
    const waiting = new Map<string, ToldCall[]>();
    for (const { vendorId } of people?.queueEntries() ?? []) waiting.set(vendorId, []);
    const names = new Map(feed.queues.map(({ queue: { id, name } }) => [id, name]));
    for (const queue of names.keys()) waiting.set(queue, []);
    for (const told of await this.parts.names.told(open, asker)) {
      const { queue, state } = told.call;
      if (queue === null || state !== 'ringing') continue;
      waiting.set(queue.id, [...(waiting.get(queue.id) ?? []), told]);
    }
    return [...waiting].map(([queue, calls]) => ({
      number: queueNumber(queue, connectionId),
      queue,
      name:
        people?.queueLabel({ id: queue, name: null }) ??
        calls.find(({ call }) => call.queue?.name)?.call.queue?.name ??
        names.get(queue) ??
        queue,
      callers: calls.flatMap((call) => {
        const joinedAt = call.call.startedAt;
        return joinedAt === null ? [] : [{ call, joinedAt }];
      }),
    }));
  }

  async agents(asker: Asker): Promise<ToldAgent[]> {
    const extensions = await this.extensions(asker, false);
    const states = await this.parts.states.list(asker.credential.tenantId);
    const since = new Map(states.map(({ extension, since: at }) => [extension, at]));
    return extensions.flatMap(({ agent, extension, standing, status }) =>
      agent === null
        ? []
        : [
            {
              ...agent,
              extension,
              queue: null,
              standing: standing ?? 'away',
              status: status ?? LOGGED_OUT,
              since: since.get(extension) ?? null,
            },
          ],
    );
  }

  private async numbersOf(
    tenant: TenantId,
    connectionId: ConnectionId,
    phones: readonly Phone[],
  ): Promise<Numbers> {
    const { phonebook } = this.parts;
    const agents = phones.flatMap(({ agentId }) => agentId ?? []);
    const words = phones.map(({ number }) => number);
    return {
      extensions: await phonebook.numbersOf(tenant, connectionId, 'extension', words),
      agents: await phonebook.numbersOf(tenant, connectionId, 'agent', agents),
    };
  }
}

type Phone = Pick<ExtensionRecord, 'number' | 'aliases' | 'agentId' | 'label'>;

interface Numbers {
  extensions: ReadonlyMap<string, number>;
  agents: ReadonlyMap<string, number>;
}

/** Those of the directory, then those of nobody that are in a call now. */
function phonesOf(records: readonly ExtensionRecord[], open: readonly Call[]): Phone[] {
  const known = new Set(records.flatMap(({ number, aliases }) => [number, ...aliases]));
  const others = new Set<string>();
  for (const call of open)
    for (const extension of extensionsIn(call)) if (!known.has(extension)) others.add(extension);
  return [...records, ...[...others].map((number) => ({ number, aliases: [], agentId: null, label: null }))];
}

/** A credential of one agent sees that agent's phones alone. */
function isSeen({ agentId }: Phone, { credential }: Asker): boolean {
  return credential.scope !== 'agent' || (agentId !== null && agentId === credential.agentId);
}

/** The phones on which a call is now. */
export function extensionsIn(call: Call): string[] {
  const legs = call.legs.filter(({ heard, talkSeconds }) => heard.ended === null && talkSeconds === null);
  return [
    ...new Set([call.extension, ...legs.map(({ extension }) => extension)].filter((one) => one !== null)),
  ];
}

/** Under the number of the directory, by whichever of its names the PBX printed it. */
function callsByPhone(
  calls: readonly ToldCall[],
  records: readonly ExtensionRecord[],
): Map<string, ToldCall[]> {
  const numberOf = new Map(records.flatMap(({ number, aliases }) => aliases.map((alias) => [alias, number])));
  for (const { number } of records) numberOf.set(number, number);
  const byPhone = new Map<string, ToldCall[]>();
  for (const told of calls) {
    const phones = new Set(extensionsIn(told.call).map((word) => numberOf.get(word) ?? word));
    for (const phone of phones) byPhone.set(phone, [...(byPhone.get(phone) ?? []), told]);
  }
  return byPhone;
}

function toldExtension(
  phone: Phone,
  known: {
    agent: AgentEntry | undefined;
    state: AgentStateRecord | undefined;
    numbers: Numbers;
    calls: readonly ToldCall[];
    device: DeviceState;
  },
): ToldExtension {
  const { agent, state, numbers, calls, device } = known;
  const standing: AgentStanding | null = agent ? (state?.standing ?? 'available') : null;
  return {
    number: numbers.extensions.get(phone.number) ?? 0,
    extension: phone.number,
    aliases: phone.aliases,
    name: phone.label ?? agent?.name ?? phone.number,
    agent: agent ? { number: numbers.agents.get(agent.id) ?? 0, name: agent.name, code: agent.code } : null,
    // A phone in a call is there; of others only the PBX's channel tells.
    device: calls.length > 0 ? 'reachable' : device,
    standing,
    status: agent ? (state?.status ?? LOGGED_IN) : null,
    calls,
  };
}
