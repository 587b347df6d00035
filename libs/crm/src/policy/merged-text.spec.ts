import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergedText, replacedText } from './merged-text.js';

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

  it('puts what is new at the end where an agent changed ours, once, and leaves the rest alone', () => {
    const before = 'Number: 1\nResult: answered\n[sw:1]';
    const next = 'Number: 1\nResult: answered\nRecording: https://x/r\n[sw:1]';
    const edited = 'Number: 1 (Noa)\nResult: answered\n[sw:1]';
    const merged = mergedText(edited, before, next);
    expect(merged).toBe(`${edited}\nRecording: https://x/r`);
    expect(mergedText(merged ?? '', before, next)).toBeNull();
    const [html, wrote, writes] = [edited, before, next].map((words) => words.replaceAll('\n', '<br>'));
    expect(mergedText(html ?? '', wrote ?? '', writes ?? '')).toBe(`${html ?? ''}<br>Recording: https://x/r`);
    fc.assert(
      fc.property(text, ours, ours, (current, was, will) => {
        fc.pre(!current.includes(was.trim()));
        expect(mergedText(current, was, will)?.startsWith(current) ?? true).toBe(true);
      }),
    );
  });

  it('writes nothing where nothing of ours is left, nothing is new, or there is no room', () => {
    expect(mergedText('an agent wrote this', '', 'ours')).toBeNull();
    expect(mergedText('edited\n[sw:1]', 'a\n[sw:1]', 'a\n[sw:1]')).toBeNull();
    expect(mergedText('edited\n[sw:1]', 'a\n[sw:1]', 'a\nb\n[sw:1]', 14)).toBeNull();
    expect(mergedText('all theirs', 'a\n[sw:1]', 'a\nb\n[sw:1]')).toBeNull();
    expect(replacedText('edited', 'a\n[sw:1]', 'a\nb\n[sw:1]')).toBeNull();
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
