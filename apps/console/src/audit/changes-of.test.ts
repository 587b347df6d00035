import { describe, expect, it } from 'vitest';
import { changesOf } from './changes-of';

describe('changesOf', () => {
  it('says what a field was and what it is', () => {
    expect(changesOf({ name: { from: 'CRM', to: 'New CRM' } })).toEqual([
      {
        field: 'name',
        lines: [
          { kind: 'was', text: 'CRM' },
          { kind: 'is', text: 'New CRM' },
        ],
      },
    ]);
  });
  it('shows only what is there of what is new or gone', () => {
    expect(changesOf({ a: { to: 1 }, b: { from: true, to: null } })).toEqual([
      { field: 'a', lines: [{ kind: 'is', text: '1' }] },
      { field: 'b', lines: [{ kind: 'was', text: 'true' }] },
    ]);
  });
  it('compares what has parts line by line, and leaves out what is far from a change', () => {
    const many = Array.from({ length: 12 }, (_, at) => at);
    const [change] = changesOf({ list: { from: many, to: many.map((one) => (one === 6 ? 60 : one)) } });
    expect(change?.lines.map(({ kind, text }) => `${kind} ${text.trim()}`)).toEqual([
      'same 4,',
      'same 5,',
      'was 6,',
      'is 60,',
      'same 7,',
      'same 8,',
    ]);
  });
});
