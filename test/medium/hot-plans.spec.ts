import { Fill } from '../../bench/growth/fill.js';
import { judgePlan } from '../../bench/plans/judge-plan.js';
import { everyHotStatement, hotStatements, isNamed } from '../harness/every-hot-statement.js';
import { PlanRecorder } from '../harness/plan-recorder.js';
import '../harness/until.js';
import { openWorld, type World } from '../harness/world.js';

/** So many that the planner does not take a table for a small one; what it decides for these it decides for millions. */
const TENANTS = 1_500;
const CALLS = 15_000;
const LATE_ENDPOINTS = 5;
const WAITING_EACH = 500;

/** What is known to read more than it needs, by statement: the complaints, and why it may. */
const ACCEPTED: Readonly<Record<string, readonly [why: string, ...complaints: string[]]>> = {
  'mailbox.depth': [
    'counts what waits, for whoever looks at the metrics; it costs as much as there is due',
    'walks all of receipt_due_idx',
    'walks all of delivery_due_idx',
    'walks all of replay_running_idx',
    'walks all of import_running_idx',
    'walks all of erasure_running_idx',
    'walks dial_attempt_due_idx by look_at, which it does not begin with',
  ],
  'worker.behind': ['there is a row for each process that works', 'reads all of worker'],
  'endpoint.look': ['reads what was made within the last second', 'reads delivery_pkey from some id on'],
  'sweep.replay': [
    'few replays run at a time, and few ever had work',
    'walks all of replay_running_idx',
    'walks mailbox_pkey by kind alone, in which very many are alike',
  ],
  'sweep.import': [
    'few imports run at a time, and few ever had work',
    'walks all of import_running_idx',
    'walks mailbox_pkey by kind alone, in which very many are alike',
  ],
  'sweep.erasure': [
    'few erasures run at a time, and few ever had work',
    'walks all of erasure_running_idx',
    'walks mailbox_pkey by kind alone, in which very many are alike',
  ],
  'sweep.feed': [
    'channels that are listened to are few, and the index has no others',
    'walks all of pbx_account_feed_idx',
  ],
  'import.learn_sizes': [
    'asks PostgreSQL’s own catalogue, whose indexes this test does not know',
    'walks pg_class_oid_index by oid, which it does not begin with',
  ],
  'import.fail': ['few imports run at a time', 'walks all of import_running_idx'],
  'campaign.leave': [
    'a look of the dialer settles the calls that ended since its last one, some tens at most',
    'goes through all of o for each row that it is joined with',
  ],
  'erasure.*': [
    'few erasures run at a time, and each looks at all that a tenant has, slice by slice; while there are but a few of them, skipping through an index costs as little',
    'walks all of erasure_pkey',
    'walks erasure_tenant_id_id_idx by id, which it does not begin with',
  ],
  'erasure.mask_pbx_told': [
    'a slice has few rows of what PBXs tell of themselves',
    'goes through all of v for each row that it is joined with',
  ],
  'replay.write': ['few replays run at a time', 'walks all of replay_running_idx'],
  'replay.end': ['few replays run at a time', 'walks all of replay_running_idx'],
  'watch.backlogs_told': [
    'one process looks at what was told of backlogs once a minute, and forgets what is over',
    'walks alert_pkey by type alone, in which very many are alike',
  ],
  'watch.sockets_down': [
    'one process looks once a minute, and there is a row for each PBX that ever opened a WebSocket',
    'walks all of pbx_socket_pkey',
    'reads all of pbx_socket',
  ],
  'watch.sockets_up': [
    'one process looks at what was told of WebSockets once a minute, and forgets what is over',
    'walks alert_pkey by type alone, in which very many are alike',
  ],
  'watch.forget': ['one process forgets alerts once a minute, and few last a day', 'reads all of alert'],
};

describe('the hot statements, as the sessions that run them plan them', () => {
  let world: World;
  let recorder: PlanRecorder;

  beforeAll(async () => {
    world = await openWorld();
    recorder = await PlanRecorder.open(world);
    await fillTables();
    await everyHotStatement(world);
  });
  afterAll(() => world.close());

  async function fillTables(): Promise<void> {
    const fill = new Fill({
      ask: (text, values) => world.sql.rows(text, values),
      databaseUrl: world.url,
      say: () => undefined,
      assertGoingOn: () => undefined,
    });
    await fill.tenants(TENANTS);
    await fill.history(CALLS, []);
    for (let late = 0; late < LATE_ENDPOINTS; late += 1) await fill.waiting(fill.party(late), WAITING_EACH);
    await fill.settle();
  }

  /** By statement, with the part of it that is planned so, where that is one of a function's. */
  async function complaints(): Promise<Record<string, string[]>> {
    const known = await recorder.known();
    const found: Record<string, string[]> = {};
    for (const { statement, within, plan } of recorder.book.plans) {
      const accepted = [statement, statement.replace(/\..*/, '.*')].flatMap(
        (name) => ACCEPTED[name]?.slice(1) ?? [],
      );
      const news = judgePlan(plan, known).filter((complaint) => !accepted.includes(complaint));
      const place = within === undefined ? '' : ` (${within.trim().slice(0, 80)} ...)`;
      if (news.length > 0) (found[statement] ??= []).push(...news.map((complaint) => complaint + place));
    }
    return found;
  }

  it('are all of those that the sources name', () => {
    const seen = [...recorder.book.statements];
    const missing = hotStatements().filter((pattern) => !seen.some((name) => isNamed(pattern, name)));
    expect(hotStatements()).toContain('receipt.insert');
    expect(missing).toEqual([]);
  });

  it('are seen from within functions too', () => {
    const within = recorder.book.plans.filter((noted) => noted.within?.includes('FOR SHARE'));
    expect(within.map(({ statement }) => statement)).toContain('enrich.write');
  });

  it('find their rows by an index and read no table and no partition whole', async () => {
    expect(await complaints()).toEqual({});
  });

  it('are told of where an index is missing', async () => {
    await world.sql.rows('DROP INDEX receipt_due_idx');
    await recorder.startAfresh();
    await everyHotStatement(world);
    const found = await complaints();
    expect(Object.values(found).flat()).toContain('reads all of receipt');
  });
});
