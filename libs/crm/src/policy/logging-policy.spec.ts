import { describe, expect, it } from '@jest/globals';
import { readLoggingPolicy } from './logging-policy.js';

const ANY = { update: 'patch' } as const;
const STRICT = { update: 'patch', outcomes: ['Held', 'Not Held'], activityTypes: ['Call'] } as const;

/** One wrong value of each member, and the path that is complained about. */
const WRONG: readonly (readonly [member: string, value: unknown, path?: string])[] = [
  ['directions', 'sideways'],
  ['answered', 'yes'],
  ['missed', 1],
  ['shortestTalk', -1],
  ['shortestTalk', 3_601],
  ['exceptNumbers', '+972545551234'],
  ['exceptNumbers', ['0545551234']],
  ['exceptNumbers', ['+9725*4']],
  ['exceptNumbers', Array.from({ length: 2_001 }, () => '+972545551234')],
  ['mode', 'twice'],
  ['waitMinutes', 1.5],
  ['waitMinutes', 1_441],
  ['language', 'fr'],
  ['subject', 'x'.repeat(4_001)],
  ['subject', '{{ id'],
  ['body', '{{ }}'],
  ['body', 7],
  ['outcomes', 'Held'],
  ['outcomes', { answered: 7 }],
  ['outcomes', { answered: 'Talked' }, 'outcomes.answered'],
  ['activityType', 'Meeting'],
  ['activityType', 'x'.repeat(201)],
  ['choose', 'any'],
  ['createContacts', 'always'],
  ['contactName', '{{ from'],
  ['owners', ['7']],
  ['owners', { '7': 42 }],
  ['defaultOwner', 'x'.repeat(201)],
  ['defaultOwner', 42],
  ['taskOnMissed', 'true'],
  ['taskDueMinutes', -1],
  ['taskDueMinutes', 10_081],
  ['tasksOnMissed', true],
];

const TRIED = WRONG.map(([member, value, path = member]) => [member, value, path] as const);

describe('readLoggingPolicy', () => {
  it('has a default for everything, with which nothing is wrong', () => {
    const { policy, problems } = readLoggingPolicy(undefined, ANY);
    expect(problems).toEqual([]);
    expect(policy).toMatchObject({
      ...{ directions: 'both', answered: true, missed: true, shortestTalk: 0, mode: 'incremental' },
      ...{ language: 'en', choose: 'updated_last', createContacts: 'never', taskOnMissed: false },
    });
  });

  it.each(TRIED)('complains about %s = %j by its path %s, and about nothing else', (member, value, path) => {
    const { problems } = readLoggingPolicy({ [member]: value }, STRICT);
    expect(problems.map((problem) => problem.path)).toEqual([`logging.${path}`]);
    expect(problems[0]?.message).toMatch(/\.$/);
  });

  it('has tried each member that there is', () => {
    const { policy } = readLoggingPolicy({}, ANY);
    const tried = new Set(WRONG.map(([member]) => member));
    expect(Object.keys(policy).filter((member) => !tried.has(member))).toEqual([]);
  });

  it('complains about everything at once', () => {
    const { problems } = readLoggingPolicy({ mode: 'twice', language: 'fr', nonsense: 1 }, ANY);
    expect(problems).toHaveLength(3);
    expect(readLoggingPolicy('all', ANY).problems.map(({ path }) => path)).toEqual(['logging']);
  });

  it('reads what it gave again', () => {
    const given = {
      ...{ exceptNumbers: ['+97235551234', '+9723*'], outcomes: { answered: 'Held' }, owners: { '7': 'u1' } },
      ...{ subject: 'Call {{ from.e164 }}', mode: 'once', waitMinutes: 0, activityType: 'Call' },
    };
    const { policy, problems } = readLoggingPolicy(given, STRICT);
    expect(problems).toEqual([]);
    expect(policy).toMatchObject(given);
    expect(readLoggingPolicy(policy, STRICT)).toEqual({ policy, problems: [] });
  });

  it('waits for the recording where a CRM takes no changes, unless the tenant says otherwise', () => {
    expect(readLoggingPolicy({}, { update: 'none' }).policy.mode).toBe('once');
    expect(readLoggingPolicy({}, { update: 'append' }).policy.mode).toBe('incremental');
    expect(readLoggingPolicy({ mode: 'incremental' }, { update: 'none' }).policy.mode).toBe('incremental');
  });

  it('takes any word for an outcome where the CRM has no list', () => {
    expect(
      readLoggingPolicy({ outcomes: { answered: 'Anything' }, activityType: 'Meeting' }, ANY).problems,
    ).toEqual([]);
  });
});

it('refuses a word for what no call is, and any where the CRM has no place for one', () => {
  const problems = (given: Record<string, unknown>, outcomes?: string[], activityTypes?: string[]) =>
    readLoggingPolicy(given, {
      update: 'patch',
      ...(outcomes && { outcomes }),
      ...(activityTypes && { activityTypes }),
    }).problems.map(({ path, message }) => `${path}: ${message}`);
  expect(problems({ outcomes: { anwsered: 'x' } })).toEqual([
    expect.stringMatching(/^logging\.outcomes\.anwsered: No call has this result\. There are: .*answered/),
  ]);
  expect(problems({ outcomes: { answered: 'x' } }, [])).toEqual([
    'logging.outcomes.answered: The CRM has no place for this.',
  ]);
  expect(problems({ activityType: 'x' }, [], [])).toEqual([
    'logging.activityType: The CRM has no place for this.',
  ]);
  expect(problems({ outcomes: { answered: 'x' }, activityType: 'x' })).toEqual([]);
});
