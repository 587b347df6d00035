import { id, type ConnectionId, type PeopleEntries } from '#domain';
import { KeptContexts, type ReadContext } from './kept-contexts.js';

const PBX = id<ConnectionId>('pbx');

function directory(count: number, label = 'x'): PeopleEntries {
  const dids = Array.from({ length: count }, (_, index) => ({ number: `${index}`, label }));
  return { agents: [], extensions: [], queues: [], dids };
}

function read(people: PeopleEntries | null, more: Partial<ReadContext> = {}): ReadContext {
  return {
    tenantId: 't',
    dialect: 'voicenter',
    timeZone: 'UTC',
    country: 'IL',
    epochs: 'utc',
    settings: {},
    guarded: false,
    recordingsByName: false,
    knowsContacts: false,
    matchPolicy: {},
    endpoints: [],
    people,
    ...more,
  };
}

describe('KeptContexts', () => {
  it('remembers a context until the setup has another version', () => {
    const kept = new KeptContexts(() => 0);
    expect([kept.versionOf(PBX), kept.wantsDirectory(PBX)]).toEqual([null, true]);
    const context = kept.keep(PBX, '1', read(directory(1)));
    expect(kept.versionOf(PBX)).toBe('1');
    expect(kept.contextOf(PBX, '1')).toBe(context);
    expect(kept.keep(PBX, '2', read(directory(1), { country: 'GB' })).country).toBe('GB');
    expect(kept.versionOf(PBX)).toBe('2');
  });

  it('forgets what was deleted', () => {
    const kept = new KeptContexts(() => 0);
    kept.keep(PBX, '1', read(directory(1)));
    expect(kept.contextOf(PBX, null)).toBeUndefined();
    expect(kept.versionOf(PBX)).toBeNull();
  });

  it('reads a large directory again only after three seconds, however often the setup changes', () => {
    let now = 0;
    const kept = new KeptContexts(() => now);
    const before = kept.keep(PBX, '1', read(directory(201))).people;
    expect(kept.wantsDirectory(PBX)).toBe(false);
    const after = kept.keep(PBX, '2', read(null, { country: 'GB' }));
    expect([after.country, after.people === before]).toEqual(['GB', true]);
    // Or it would stay as it is when nothing changes any more.
    expect(kept.versionOf(PBX)).toBeNull();
    now = 3_000;
    expect(kept.wantsDirectory(PBX)).toBe(true);
    expect(kept.keep(PBX, '2', read(directory(202))).people.size).toBe(202);
    expect(kept.versionOf(PBX)).toBe('2');
  });

  it('reads a small one with every change', () => {
    const kept = new KeptContexts(() => 0);
    kept.keep(PBX, '1', read(directory(200)));
    expect(kept.wantsDirectory(PBX)).toBe(true);
  });

  it('forgets the oldest when all together are too many', () => {
    const kept = new KeptContexts(() => 0);
    const names = ['a', 'b', 'c', 'd'].map((name) => id<ConnectionId>(name));
    for (const name of names) kept.keep(name, '1', read(directory(40_000)));
    expect(names.map((name) => kept.versionOf(name))).toEqual([null, null, '1', '1']);
  });
});
