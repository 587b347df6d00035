import { describe, expect, it } from 'vitest';
import { changeLines } from './change-lines';
import { bytesText, logsOf, versionsOf } from './installation-figures';
import { own } from './texts';
import { troubleWords } from './trouble-words';

describe('troubleWords', () => {
  const none = { late: 0, held: 0, dead: 0, silent: 0, disabled: 0, atLeast: false };
  const say = (trouble: Partial<typeof none>): string =>
    troubleWords({ ...none, ...trouble }, { texts: own.en, language: 'en' });

  it('says the worst first, and that all is well', () => {
    expect(say({})).toBe('All is well');
    expect(say({ late: 3, dead: 1, silent: 2 })).toBe('1 given up today · 3 late · 2 silent connections');
  });

  it('says that counting was broken off only of what it was broken off at', () => {
    expect(say({ late: 2_000, dead: 7, atLeast: true })).toBe('7 given up today · 2,000+ late');
  });
});

describe('figures of the installation', () => {
  it('know which versions run, not which ran', () => {
    const process = { id: '', name: '', host: '', pid: 1, startedAt: '', seenAt: '' };
    const processes = [
      { ...process, version: '2', alive: true },
      { ...process, version: '1', alive: false },
    ];
    expect(versionsOf({ version: '2', processes })).toEqual(['2']);
  });

  it('put weeks to their logs, the greatest log and the latest week first', () => {
    const week = (table: string, name: string, bytes: number) => ({
      table,
      name,
      bytes,
      from: '',
      to: '',
      rows: null,
      keptUntil: '',
    });
    const logs = logsOf([week('a', 'a1', 1), week('b', 'b1', 5), week('b', 'b2', 5)]);
    expect(logs.map(({ table, bytes, weeks }) => [table, bytes, weeks.map(({ name }) => name)])).toEqual([
      ['b', 10, ['b2', 'b1']],
      ['a', 1, ['a1']],
    ]);
  });

  it('say sizes as people do', () => {
    expect([999, 1_500, 12_345_678].map((bytes) => bytesText(bytes, 'en'))).toEqual([
      '999 byte',
      '1.5 kB',
      '12 MB',
    ]);
  });
});

describe('changeLines', () => {
  it('are those of a diff', () => {
    expect(
      changeLines({
        name: { from: 'A', to: 'B' },
        note: { from: 'x', to: null },
        endsAt: { to: 1 },
        same: { from: null, to: null },
      }),
    ).toEqual([
      { sign: '-', text: 'name: "A"' },
      { sign: '+', text: 'name: "B"' },
      { sign: '-', text: 'note: "x"' },
      { sign: '+', text: 'note: null' },
      { sign: '+', text: 'endsAt: 1970-01-01T00:00:00.001Z' },
    ]);
  });
});
