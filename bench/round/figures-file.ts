/** Where the figures of a round are kept, and the page that shows them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { figureTable, type Figures } from './round.js';

const FILE = 'figures.json';
const PAGE = 'README.md';
const BEGIN = '<!-- figures: made by `npm run bench -- all` -->';
const END = '<!-- end of figures -->';

/** @param folder  the bench's */
export function readFigures(folder: string): Figures {
  return JSON.parse(readFileSync(join(folder, FILE), 'utf8')) as Figures;
}

/** Keeps the figures and shows them on the page. */
export function writeFigures(folder: string, figures: Figures): void {
  writeFileSync(join(folder, FILE), `${JSON.stringify(figures, undefined, 2)}\n`);
  const page = join(folder, PAGE);
  writeFileSync(page, shownIn(readFileSync(page, 'utf8'), figures));
}

/** @returns the page with the figures between its two marks */
export function shownIn(page: string, figures: Figures): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${PAGE} has no place for the figures: ${BEGIN} ... ${END}`);
  const shown = `${BEGIN}\n\nMeasured ${figures.at.slice(0, 10)} at ${figures.commit}: ${figures.machine}.\n\n${figureTable(figures)}\n\n`;
  return page.slice(0, begin) + shown + page.slice(end);
}
