/** The page about CRMs lists every connector as the registry has it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { CONNECTORS, type Connector } from '#crm';
import { projectRoot } from '#platform';

const FILE = join(projectRoot(), 'docs/crm.md');
const [BEGIN, END] = [/<!-- connectors: [^>]* -->\n/, '<!-- /connectors -->'];
const UPDATES: Readonly<Record<Connector['update'], string>> = {
  patch: 'Its records are brought up to date.',
  append: 'What is known later is added beside its records.',
  none: 'Its records are not changed once they are written.',
};

function chapterOf({ name, title, about, credentials, url, update, ringTime }: Connector): string {
  const ways = credentials.map(({ kind, how }) => `- \`${kind}\`: ${how}`);
  const place = url === undefined ? '' : ` Its address is ${url}.`;
  const parts = [`### ${title}: \`${name}\``, `${about} ${UPDATES[update]}${place}`, ways.join('\n')];
  return [...parts, ...(ringTime ? [`Asked while phones ring: ${ringTime.advice}`] : [])].join('\n\n');
}

it('is up to date', () => {
  const page = readFileSync(FILE, 'utf8');
  const begin = BEGIN.exec(page);
  const start = (begin?.index ?? 0) + (begin?.[0].length ?? 0);
  const wanted = `\n${CONNECTORS.map(chapterOf).join('\n\n')}\n\n`;
  const end = page.indexOf(END);
  // When this fails: WRITE_DOCS=1 node tools/test.mjs --small crm-page
  if (process.env['WRITE_DOCS'] === '1') writeFileSync(FILE, page.slice(0, start) + wanted + page.slice(end));
  else expect(page.slice(start, end)).toBe(wanted);
});
