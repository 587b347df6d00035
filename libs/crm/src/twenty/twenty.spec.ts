import { describe, expect, it } from '@jest/globals';
import { BenchOfCrm, callForCrm } from '../conformance/bench-of-crm.fixture.js';
import { asMarkdown } from './as-markdown.js';
import { twenty } from './twenty.fixture.js';

const URL_OF_RECORDING = 'https://hook.example/r/a_b_c';
const RECORDINGS = [{ url: URL_OF_RECORDING, vendorUrl: null }] as never;

describe('twenty', () => {
  it('asks with one text for a filter, for it reads any other as none', async () => {
    const at = new BenchOfCrm(twenty);
    await at.crm.findContacts('+972545551234', at.io);
    expect(at.asked.map(({ query }) => query)).toEqual([
      { filter: 'phones.primaryPhoneNumber[endsWith]:"545551234"', limit: 20 },
    ]);
  });

  it('links the note by whichever name its version has, once', async () => {
    const at = new BenchOfCrm(twenty);
    const id = at.fake.addContact({ name: 'Noa Cohen', phones: ['0545551234'] });
    let lost = 0;
    at.mishap = ({ path, json }) =>
      path === '/rest/noteTargets' &&
      JSON.stringify(json ?? '').includes('targetPersonId') &&
      (lost += 1) === 1
        ? 'no connection'
        : undefined;
    await at.tellUntilDone(callForCrm());
    expect(at.fake.logs()).toMatchObject([{ contactId: id }]);
    expect(lost).toBe(2);
  });

  it('takes no note for ours that does not say so', async () => {
    const at = new BenchOfCrm(twenty);
    await at.tell(callForCrm());
    at.mishap = ({ method, path }) => {
      const notes = [{ id: 'other', bodyV2: { markdown: 'Buy milk' } }];
      return method === 'GET' && path === '/rest/notes'
        ? { status: 200, body: { data: { notes } } }
        : undefined;
    };
    const entry = { callId: 'x', marker: '[sw:x]' } as never;
    expect(await at.crm.findLog(entry, null, at.io)).toBeNull();
  });

  it('adds what is new at the end of a note that somebody wrote anew', async () => {
    const at = new BenchOfCrm(twenty, { mode: 'incremental' });
    await at.tell(callForCrm());
    const written = 'All of it in other words';
    at.mishap = ({ method, path }) =>
      method === 'GET' && path.startsWith('/rest/notes/')
        ? { status: 200, body: { data: { note: { title: 'Mine', bodyV2: { markdown: written } } } } }
        : undefined;
    await at.tell(callForCrm({ recordings: RECORDINGS }), { type: 'call.updated', sequence: 3 });
    expect(at.asked.at(-1)?.json).toEqual({
      bodyV2: { markdown: `${written}\n\nRecording: ${URL_OF_RECORDING}` },
    });
  });

  it('lets no text be markup, and no address be changed', () => {
    expect(asMarkdown(`# *a* [sw:1]\n${URL_OF_RECORDING}`)).toBe(
      `${String.raw`\# \*a\* \[sw:1\]`}\n\n${URL_OF_RECORDING}`,
    );
  });
});
