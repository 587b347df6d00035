import { CallLines, type ShownCall } from './call-lines.js';

const call = (id: string, traits: Partial<ShownCall> = {}): ShownCall => ({
  ...{ id, direction: 'inbound', result: 'answered', extension: '101', talkSeconds: 2.6, state: 'ended' },
  ...{ from: { original: id }, to: { original: '0722000101' } },
  ...traits,
});

describe('lines of calls', () => {
  it('tell each call once, when it is over, the oldest first', () => {
    const lines = new CallLines();
    expect(lines.of([call('c', { state: 'ringing' }), call('b'), call('a')])).toEqual([
      'asterisk   inbound  a -> 0722000101 answered by 101, 3 s',
      'asterisk   inbound  b -> 0722000101 answered by 101, 3 s',
    ]);
    expect(lines.of([call('c', { extension: null, talkSeconds: null }), call('b')])).toEqual([
      'asterisk   inbound  c -> 0722000101 answered',
    ]);
    expect(lines.of([call('c')])).toEqual([]);
    expect(lines.count).toBe(3);
  });
});
