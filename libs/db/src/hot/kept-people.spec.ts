import { People, id, type ConnectionId } from '#domain';
import { KeptPeople } from './kept-people.js';

const PBX = id<ConnectionId>('pbx');
const peopleOf = (count: number) => {
  const dids = Array.from({ length: count }, (_, index) => ({ number: `${index}`, label: 'x' }));
  return new People({ agents: [], extensions: [], queues: [], dids }, 'IL');
};

describe('KeptPeople', () => {
  it('remembers large directories for three seconds, and small ones never', () => {
    let now = 0;
    const kept = new KeptPeople(() => now);
    const large = peopleOf(201);
    kept.put(PBX, large);
    kept.put(id<ConnectionId>('small'), peopleOf(200));
    expect([kept.get(PBX), kept.get(id<ConnectionId>('small'))]).toEqual([large, undefined]);
    now = 2_999;
    expect(kept.get(PBX)).toBe(large);
    now = 3_000;
    expect(kept.get(PBX)).toBeUndefined();
  });

  it('forgets the oldest when all together are too many', () => {
    const kept = new KeptPeople(() => 0);
    const names = ['a', 'b', 'c', 'd'].map((name) => id<ConnectionId>(name));
    for (const name of names) kept.put(name, peopleOf(40_000));
    expect(names.map((name) => kept.get(name) !== undefined)).toEqual([false, false, true, true]);
  });
});
