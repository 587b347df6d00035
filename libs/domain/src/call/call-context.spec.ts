import { MOST_CUSTOM_DATA } from '../ivr/action-shapes.js';
import { contextData } from './call-context.js';

describe('contextData', () => {
  it('keeps what says something, as it is', () => {
    expect(contextData({ plan: 'gold', empty: '', '': 'nameless' })).toEqual({ plan: 'gold' });
  });

  it('keeps ten members of at most 128 characters, and no half of one', () => {
    const many = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`k${index}`, 'v']));
    expect(Object.keys(contextData(many))).toHaveLength(MOST_CUSTOM_DATA);
    const { long, face } = contextData({ long: 'x'.repeat(200), face: `${'x'.repeat(127)}😀` });
    expect([long?.length, face?.length]).toEqual([128, 127]);
  });
});
