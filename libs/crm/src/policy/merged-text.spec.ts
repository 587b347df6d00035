import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergedText } from './merged-text.js';

const text = fc.string({ unit: 'grapheme', maxLength: 60 });
const ours = text.map((words) => `Number: ${words}\n[sw:1]`);

describe('mergedText', () => {
  it('replaces what still stands as we wrote it', () => {
    expect(mergedText('old\n[sw:1]', 'old\n[sw:1]', 'new\n[sw:1]')).toBe('new\n[sw:1]');
    expect(mergedText('old\r\n[sw:1]\r\n', 'old\n[sw:1]', 'new\n[sw:1]')).toBe('new\n[sw:1]');
  });

  it('never loses what an agent wrote above and below', () => {
    fc.assert(
      fc.property(text, text, ours, ours, (above, below, before, next) => {
        fc.pre(!above.includes('\r') && !below.includes('\r') && !before.includes('\r'));
        const current = `${above}${before}${below}`;
        const merged = mergedText(current, before, next);
        if (above.trim() + below.trim() === '') return;
        expect(merged).not.toBeNull();
        expect(merged?.startsWith(above)).toBe(true);
        expect(merged?.endsWith(below)).toBe(true);
        expect(merged).toContain(next);
      }),
    );
  });

  it('writes nothing where ours was changed, or was never there', () => {
    fc.assert(
      fc.property(text, ours, ours, (current, before, next) => {
        fc.pre(!current.includes(before.trim()));
        expect(mergedText(current, before, next)).toBeNull();
      }),
    );
    expect(mergedText('an agent wrote this', '', 'ours')).toBeNull();
  });

  it('makes room for an agent by cutting ours, and keeps the marker', () => {
    const most = fc.integer({ min: 0, max: 120 });
    fc.assert(
      fc.property(text, text, ours, most, (above, below, next, room) => {
        const before = 'before\n[sw:1]';
        fc.pre(!/\r/.test(above + below) && above.trim() + below.trim() !== '');
        const merged = mergedText(above + before + below, before, next, room);
        if (merged === null) return;
        expect(merged.length).toBeLessThanOrEqual(room);
        expect(merged.startsWith(above)).toBe(true);
        expect(merged.endsWith(below)).toBe(true);
        expect(merged.slice(above.length, merged.length - below.length)).toMatch(/\[sw:1]$/);
      }),
    );
    expect(mergedText('x'.repeat(90) + 'before\n[sw:1]', 'before\n[sw:1]', 'after\n[sw:1]', 95)).toBeNull();
  });
});
