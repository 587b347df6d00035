import { describe, expect, it } from 'vitest';
import { qrOf } from './qr-of';
import { correctionOf } from './reed-solomon';

const picture = (text: string): string =>
  (qrOf(text) ?? []).map((row) => row.map((dark) => (dark ? '#' : '.')).join('')).join('\n');

describe('qrOf', () => {
  it('is as large as the text needs', () => {
    const sides = [17, 18, 106, 134, 154, 230, 271].map((length) => qrOf('a'.repeat(length))?.length);
    expect(sides).toEqual([21, 25, 37, 41, 45, 53, 57]);
  });
  it('is nothing for a text that no such code holds', () => {
    expect(qrOf('a'.repeat(272))).toBeUndefined();
  });
  it('is what a scanner has read', () => {
    expect(picture('switchhook').split('\n')).toEqual([
      '#######...#.#.#######',
      '#.....#.....#.#.....#',
      '#.###.#.#.#...#.###.#',
      '#.###.#.....#.#.###.#',
      '#.###.#..#.##.#.###.#',
      '#.....#..###..#.....#',
      '#######.#.#.#.#######',
      '........#.#..........',
      '###.#####.#.###...#..',
      '#.......#..#..###...#',
      '#####.#.#.##.#.###.##',
      '#..###....###..#....#',
      '############........#',
      '........##....#####.#',
      '#######.#.#.##.######',
      '#.....#.#......#...##',
      '#.###.#.#...#....#...',
      '#.###.#..#.#.####..#.',
      '#.###.#.####.#.##.#.#',
      '#.....#.######..#..#.',
      '#######.#..#..#.#..##',
    ]);
  });
  it('has its three corners', () => {
    const rows = picture('otpauth://totp/x').split('\n');
    expect(rows[0]?.slice(0, 8)).toBe('#######.');
    expect(rows[0]?.slice(-8)).toBe('.#######');
    expect(rows.at(-1)?.slice(0, 8)).toBe('#######.');
  });
});

describe('correctionOf', () => {
  it('is that of the example of the standard', () => {
    const block = [16, 32, 12, 86, 97, 128, 236, 17, 236, 17, 236, 17, 236, 17, 236, 17];
    expect(correctionOf(block, 10)).toEqual([165, 36, 212, 193, 237, 54, 199, 135, 44, 85]);
  });
});
