import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readMapping } from '../read-mapping.js';
import { sample, samplesOf } from './sample.fixture.js';
import { SHIPPED_MAPPINGS } from './shipped-mappings.js';

const NAMES = Object.keys(SHIPPED_MAPPINGS);

describe('shipped mappings', () => {
  it.each(NAMES)('%s has no fault', (name) => {
    expect(readMapping(SHIPPED_MAPPINGS[name])).toMatchObject({ ok: true });
  });

  it.each(NAMES)('%s says what it was checked against, and when', (name) => {
    expect(SHIPPED_MAPPINGS[name]?.about).toMatch(/^Checked on \d{4}-\d{2}-\d{2} against /);
  });
});

describe('the CRM template of 3CX', () => {
  const template = readFileSync(new URL('./3cx/template.xml', import.meta.url), 'utf8').trim();

  it('sends what the samples have', () => {
    const sent = [...template.matchAll(/<Value Key="(\w+)"/g)].map(([, key]) => key);
    for (const name of samplesOf('3cx')) {
      const body = JSON.parse(Buffer.from(sample('3cx', name).body).toString()) as object;
      expect(Object.keys(body)).toEqual(sent);
    }
  });

  it('is in the documentation, to be copied', () => {
    const page = readFileSync(new URL('../../../../../docs/connect-a-pbx.md', import.meta.url), 'utf8');
    expect(page).toContain(template);
  });
});
