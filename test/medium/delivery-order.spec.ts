/** The order of a call's events at an endpoint, whatever its answers are and whenever its forwarder dies. */
import fc from 'fast-check';
import type { CallId, TenantId } from '#domain';
import { DeliveryStore, type DeliveryRecord, type Recorded } from '#db';
import { newId } from '#platform';
import type { Slice } from '#queues';
import { oweDeliveries, type DeliveryTraits } from '../builders/delivery.js';
import { Crm, type Answer, type SeenRequest } from '../harness/crm.js';
import { ForwarderRig } from '../harness/forwarder-rig.js';
import { makeEndpoint, makeTenant, type TestEndpoint } from '../harness/tenant.js';
import { openWorld, type World } from '../harness/world.js';

const RUNS = 40;
/** For all of them: Jest's own patience is for one. */
const WITHIN_MS = 60_000;
const SECOND = 1_000;
/** Long enough for every failure of a script, so that nothing dies of its schedule. */
const SCHEDULE = Array.from({ length: 60 }, () => SECOND);
/** All in all less than the quarter of an hour after which later events may go ahead. */
const STEP_MS = 15 * SECOND;
const MOST_STEPS = 45;

/** What a killed process has not written down, nobody ever will. The real store otherwise. */
class MortalStore extends DeliveryStore {
  private left = Infinity;
  private slice: Slice | undefined;

  /** The process of this slice dies when it has written down so much more. */
  dieAfter(records: number, slice: Slice): void {
    this.left = records;
    this.slice = slice;
  }

  live(): void {
    this.left = Infinity;
  }

  override record(record: DeliveryRecord): Promise<Recorded> {
    this.left -= 1;
    if (this.left >= 0) return super.record(record);
    this.slice?.abort();
    return Promise.reject(new Error('killed'));
  }
}

type Step =
  | { kind: 'happens'; call: number }
  | { kind: 'drain' }
  | { kind: 'killed'; after: number }
  | { kind: 'pass'; ms: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('happens' as const), call: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'drain' as const }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('killed' as const), after: fc.nat(3) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      ms: fc.integer({ min: SECOND, max: STEP_MS }),
    }),
  },
);
const answer = fc.constantFrom<Answer>(200, 200, 500, 'reset', 409, {
  status: 429,
  headers: { 'retry-after': '1' },
});
const script = fc.record({
  steps: fc.array(step, { minLength: 5, maxLength: 25 }),
  answers: fc.array(answer, { maxLength: 20 }),
  concurrency: fc.integer({ min: 1, max: 4 }),
});

describe('the events of a call', () => {
  let world: World;
  let tenantId: TenantId;
  let crm: Crm;
  let store: MortalStore;
  let rig: ForwarderRig;

  beforeAll(async () => {
    world = await openWorld();
    tenantId = await makeTenant(world.sql);
    crm = await Crm.open();
    store = new MortalStore(world.hot);
    rig = new ForwarderRig(world, { store });
  });
  afterAll(async () => {
    rig.close();
    await crm.stop();
    await world.close();
  });

  async function drain(endpoint: TestEndpoint, killedAfter?: number): Promise<void> {
    const drained = rig.drain(endpoint, (slice) => {
      if (killedAfter !== undefined) store.dieAfter(killedAfter, slice);
    });
    await drained.catch((error: unknown) => {
      if (killedAfter === undefined) throw error;
    });
    store.live();
  }

  const open = async (endpoint: TestEndpoint) =>
    (await rig.deliveries(endpoint)).filter(({ state }) => state === 'due').length;

  it(
    'never overtake each other, under failures and kills, and all of them arrive',
    async () => {
      await fc.assert(
        fc.asyncProperty(script, async ({ steps, answers, concurrency }) => {
          const endpoint = await makeEndpoint(world.sql, tenantId, {
            url: crm.url(),
            concurrency,
            scheduleMs: SCHEDULE,
          });
          crm.requests.length = 0;
          crm.play({ answers });
          const calls = Array.from({ length: 3 }, () => ({ callId: newId<CallId>(), sequence: 0 }));
          for (const one of steps) {
            if (one.kind === 'happens') await oweDeliveries(world.sql, endpoint, [next(calls[one.call])]);
            else if (one.kind === 'pass') await rig.pass(endpoint, one.ms);
            else await drain(endpoint, one.kind === 'killed' ? one.after : undefined);
          }
          crm.play({ otherwise: 200 });
          for (let count = 0; count < MOST_STEPS && (await open(endpoint)) > 0; count += 1) {
            await rig.pass(endpoint, STEP_MS);
            await drain(endpoint);
          }
          expect(overtakings(crm.requests)).toEqual([]);
          expect(arrived(crm.requests)).toEqual(
            calls
              .flatMap(({ callId, sequence }) =>
                Array.from({ length: sequence }, (_, at) => `${callId} ${String(at + 1)}`),
              )
              .sort(),
          );
        }),
        { numRuns: RUNS },
      );
    },
    WITHIN_MS,
  );
});

function next(call: { callId: CallId; sequence: number } | undefined): DeliveryTraits {
  if (!call) throw new Error('unreachable');
  call.sequence += 1;
  return { ...call };
}

const nameOf = ({ event }: SeenRequest) => `${event.data.vendorCallId} ${String(event.sequence)}`;

/** 409: it has that one already. */
function wasTaken({ answer: given }: SeenRequest): boolean {
  return given === 200 || given === 409;
}

/** Requests that came before every earlier event of their call had been taken, and its answer been told. */
function overtakings(requests: readonly SeenRequest[]): string[] {
  const taken = new Set<string>();
  return requests.flatMap((request) => {
    const early = earlierThan(request).filter((name) => !taken.has(name));
    const beside = request.beside.filter((other) => isEarlier(other, request)).map(nameOf);
    if (wasTaken(request)) taken.add(nameOf(request));
    return [...early, ...beside].map((name) => `${nameOf(request)} before ${name}`);
  });
}

function earlierThan({ event }: SeenRequest): string[] {
  return Array.from(
    { length: event.sequence - 1 },
    (_, at) => `${event.data.vendorCallId} ${String(at + 1)}`,
  );
}

function isEarlier({ event: one }: SeenRequest, { event: other }: SeenRequest): boolean {
  return one.data.vendorCallId === other.data.vendorCallId && one.sequence < other.sequence;
}

function arrived(requests: readonly SeenRequest[]): string[] {
  return [...new Set(requests.filter(wasTaken).map(nameOf))].sort();
}
