import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BenchOfCrm, callForCrm } from '../conformance/bench-of-crm.fixture.js';
import type { CallEntry } from '../connector.js';
import { CrmFault } from '../talk/crm-io.js';
import { requestOf } from '../talk/request-of.js';
import { answerMeaning } from './answer-meaning.js';
import { fillRequest } from './fill-request.js';
import { SETTINGS, http as of } from './http.fixture.js';
import { http } from './http.js';
import { isNumberForm, numberIn } from './number-forms.js';
import { readHttpSettings } from './read-http-settings.js';
import { textAt, textsAt, valuesAt } from './values-at.js';

const E164 = '+972545551234';
/** Half a character among them, which no URL can hold. */
const ODD_LETTERS = [
  'a',
  '/',
  '.',
  '%',
  '?',
  '#',
  '&',
  '=',
  '\\',
  '@',
  ':',
  '"',
  ' ',
  '\n',
  '\r',
  '\0',
  'א',
  '😀',
  '\ud800',
];

function problemsOf(change: Record<string, unknown>): string[] {
  return readHttpSettings({ ...SETTINGS, ...change }).problems.map(
    ({ path, message }) => `${path}: ${message}`,
  );
}

describe('the generic connector', () => {
  it('writes a number as the CRM has it', () => {
    const forms = [
      'e164',
      'digits',
      '00',
      'national',
      'significant',
      'last4',
      '0##-###-####',
      '+972 ## ### ####',
    ];
    expect(forms.every(isNumberForm)).toBe(true);
    expect(forms.map((form) => numberIn(form, E164))).toEqual([
      E164,
      '972545551234',
      '00972545551234',
      '0545551234',
      '545551234',
      '1234',
      '054-555-1234',
      '+972 54 555 1234',
    ]);
    expect(numberIn('0#-###-####', E164)).toBeNull();
    expect(['', 'last99', 'E164', '####a', '1234567', 'constructor'].filter(isNumberForm)).toEqual([]);
  });

  it('tries the spellings in turn, until somebody has the number', async () => {
    const at = new BenchOfCrm(of);
    at.fake.addContact({ name: 'Noa', phones: ['054-555-1234'] });
    expect(await at.crm.findContacts(E164, at.io)).toMatchObject([
      { name: 'Noa', url: 'https://crm.example/#/people/1' },
    ]);
    expect(at.asked.map(({ query }) => query?.['tel'])).toEqual([E164, '054-555-1234']);
  });

  it('tries them on where one finds somebody with a similar number', async () => {
    const at = new BenchOfCrm({ ...of, settings: { ...SETTINGS, numbers: ['significant', 'e164'] } });
    at.fake.addContact({ name: 'Noa', phones: [E164] });
    const people = [{ id: 9, name: 'Jo', tel: ['+44 545 551 234'] }];
    at.mishap = ({ query }) =>
      query?.['tel'] === '545551234' ? { status: 200, body: { ok: true, people } } : undefined;
    expect(await at.crm.findContacts(E164, at.io)).toMatchObject([{ name: 'Noa' }]);
  });

  it('takes no search for the end of a number for an exact one', () => {
    const [lookup] = SETTINGS.lookups;
    const exact = (numbers: string[], url = '/v1/people?tel={{ number }}') =>
      problemsOf({ numbers, lookups: [{ ...lookup, request: { url }, exact: true }] });
    expect(exact(['e164', 'last9'])).toEqual([expect.stringMatching(/^lookups\.0\.exact: .*\(last9\)/)]);
    expect(exact(['significant'])).toHaveLength(1);
    expect(exact(['e164'], '/v1/people?tel={{ forms.significant }}')).toHaveLength(1);
    expect(exact(['e164'], '/v1/people?tel={{ forms.national }}')).toHaveLength(1);
    expect(exact(['e164', 'digits', '00', 'national', '0##-###-####'])).toEqual([]);
    expect(problemsOf({ numbers: ['last7'] })).toEqual([]);
  });

  it('looks exactly for spellings without the country of the number only where that is the country of the CRM', async () => {
    const [lookup] = SETTINGS.lookups;
    const numbers = ['e164', 'national', '0##-###-####', '+972 ## ### ####'];
    const lookups = [{ ...lookup, exact: true }];
    const asked = async (e164: string) => {
      const at = new BenchOfCrm({ ...of, settings: { ...SETTINGS, numbers, lookups } });
      await at.crm.findContacts(e164, at.io);
      return at.asked.map(({ query }) => query?.['tel']);
    };
    expect(await asked('+33545551234')).toEqual(['+33545551234']);
    expect(await asked('+5491123456789')).toContain('+541123456789');
    expect(await asked(E164)).toEqual([E164, '0545551234', '054-555-1234', '+972 54 555 1234']);
  });

  it('heeds what the body says behind a good status', async () => {
    const codes = { no_such_person: 'gone', bad_number: 'bad number', exists: 'duplicate', other: 'refused' };
    for (const [code, kind] of Object.entries(codes)) {
      const at = new BenchOfCrm(of);
      at.mishap = () => ({ status: 200, body: { ok: false, code } });
      const asked = at.io.ask({ method: 'POST', path: '/v1/calls', json: {} });
      await expect(asked).rejects.toMatchObject({ kind, reason: expect.stringContaining(code) });
    }
  });

  it('knows an answer by what is in it, and by what is not', () => {
    const rule = { status: [], is: [], absent: false, reason: '', id: '' };
    const rules = [
      { ...rule, path: 'error', means: 'refused' as const, reason: 'error.text' },
      { ...rule, path: 'id', absent: true, means: 'unreachable' as const },
    ];
    const meaning = (json: unknown) => answerMeaning({ status: 200, json }, rules);
    expect(meaning({ error: { text: 'No' } })).toEqual({ kind: 'refused', reason: 'No' });
    expect(meaning({})).toEqual({ kind: 'unreachable', reason: '' });
    expect(meaning({ id: 1, error: null })).toBeUndefined();
  });

  it('asks for the record where the search shows no numbers', async () => {
    const [lookup] = SETTINGS.lookups;
    const detail = { request: { url: '/v1/people/{{ contact.id }}' }, at: 'person' };
    const at = new BenchOfCrm({ ...of, settings: { ...SETTINGS, lookups: [{ ...lookup, detail }] } });
    at.mishap = ({ path }) =>
      path === '/v1/people/7'
        ? { status: 200, body: { person: { id: 7, name: 'Noa', tel: [E164] } } }
        : { status: 200, body: { people: [{ id: 7 }] } };
    expect(await at.crm.findContacts(E164, at.io)).toMatchObject([{ id: '7', name: 'Noa', phones: [E164] }]);
  });

  it('changes nothing in a record that somebody deleted from the list', async () => {
    const read = { ...SETTINGS.update.read, list: 'calls', subject: 'title', body: 'text' };
    const at = new BenchOfCrm({ ...of, settings: { ...SETTINGS, update: { ...SETTINGS.update, read } } });
    await at.tell(callForCrm());
    at.mishap = () => ({ status: 200, body: { ok: true, calls: [] } });
    await at.tell(callForCrm({ talkSeconds: 61 }), { type: 'call.updated', sequence: 3 });
    expect(at.asked.at(-1)?.method).toBe('GET');
  });

  it('takes a contact for gone where the address of its calls holds nothing, and no other address', async () => {
    const asked = async (url: string) => {
      const log = { ...SETTINGS.log, request: { ...SETTINGS.log.request, url } };
      const at = new BenchOfCrm({ ...of, settings: { ...SETTINGS, log, answers: [] } });
      at.mishap = ({ makes }) => (makes === true ? { status: 404 } : { status: 200, body: {} });
      const contact = { id: '7', type: 'Person', name: '', url: null, ownerId: null };
      const times = { startedAt: 0, answeredAt: null, endedAt: 0, talkSeconds: 0 };
      const entry = { ...times, callId: 'a', marker: '', e164: null } as CallEntry;
      return at.crm.logCall(entry, contact, at.io).catch((fault: unknown) => fault);
    };
    expect(await asked('/people/{{ contact.id }}/calls')).toMatchObject({ kind: 'gone' });
    expect(await asked('/cals')).toMatchObject({ kind: 'refused' });
  });

  it('takes our own id where the CRM keeps the record under it', async () => {
    const log = { ...SETTINGS.log, id: '@call' };
    const at = new BenchOfCrm({ ...of, settings: { ...SETTINGS, log } });
    expect(await at.tell(callForCrm({ id: 'abc' }))).toMatchObject({
      words: expect.stringContaining('Call abc'),
    });
  });

  it('says what is wrong, wherever it stands', () => {
    const log = (request: Record<string, unknown>) => ({ log: { request: { method: 'POST', ...request } } });
    expect(problemsOf(log({ url: 'https://{{ number }}.example/' }))).toHaveLength(1);
    expect(problemsOf(log({ url: '//other.example/' }))).toHaveLength(1);
    expect(problemsOf(log({ url: 'https://a@b.example/' }))).toHaveLength(1);
    expect(problemsOf(log({ url: '/x', json: { a: ['{{ call.subjekt }}'] } }))).toEqual([
      'log.request.json.a.0: There is no call.subjekt to fill in.',
    ]);
    expect(problemsOf(log({ url: '/x', headers: { authorization: 'Bearer abc' } }))).toHaveLength(1);
    expect(problemsOf(log({ url: '/x', json: {}, form: {} }))).toHaveLength(1);
    expect(problemsOf({ log: undefined, lookups: [] })).toEqual([
      'log: This is needed where there are no lookups.',
    ]);
    expect(problemsOf({ log: undefined })).toEqual([]);
    expect(problemsOf({ numbers: ['E164'] })).toHaveLength(1);
    expect(problemsOf({ lookups: [{ request: { url: '/x' } }] })[0]).toContain('lookups.0.fields: Say where');
    expect(problemsOf({ nonsense: 1 })).toHaveLength(1);
  });

  it('knows of each request what there is to fill in, and refuses the rest', () => {
    const { create, task, log, find, update, lookups } = SETTINGS;
    const [lookup] = lookups;
    const json = (text: string) => ({ method: 'POST', url: '/x', json: { a: text } });
    const get = (text: string) => ({ url: '/x', query: { a: text } });
    const inEach: [Record<string, unknown>, string][] = [
      [{ create: { ...create, request: json('{{ words.way }}') } }, 'words.way'],
      [{ create: { ...create, request: json('{{ call.id }}') } }, 'call.id'],
      [{ create: { ...create, page: 'https://x.example/{{ number }}' } }, 'number'],
      [{ log: { ...log, request: json('{{ task.subject }}') } }, 'task.subject'],
      [{ log: { ...log, request: json('{{ record.id }}') } }, 'record.id'],
      [{ log: { ...log, request: json('{{ words.nobody }}') } }, 'words.nobody'],
      [{ find: { ...find, request: get('{{ draft.name }}') } }, 'draft.name'],
      [{ update: { ...update, request: json('{{ task.subject }}') } }, 'task.subject'],
      [{ task: { ...task, request: json('{{ draft.name }}') } }, 'draft.name'],
      [{ lookups: [{ ...lookup, request: get('{{ contact.id }}') }] }, 'contact.id'],
      [{ lookups: [{ ...lookup, detail: { request: get('{{ number }}') } }] }, 'number'],
      [{ lookups: [{ ...lookup, detail: { request: get('{{ contact.name }}') } }] }, 'contact.name'],
      [{ probe: { request: get('{{ number }}') } }, 'number'],
      [{ words: { way: { of: 'draft.name', to: {} }, state: SETTINGS.words.state } }, 'draft.name'],
    ];
    for (const [change, place] of inEach) {
      expect(problemsOf(change)).toEqual([expect.stringContaining(`There is no ${place} to fill in`)]);
    }
  });

  it('has the call’s words for a task about it', async () => {
    const what = '{{ task.subject }} {{ number }} {{ call.marker }} {{ words.state }}';
    const task = { ...SETTINGS.task, request: { method: 'POST', url: '/v1/todos', form: { what } } };
    const at = new BenchOfCrm({ ...of, settings: { ...SETTINGS, task } }, { taskOnMissed: true });
    const missed = callForCrm({ id: 'a', result: 'missed', talkSeconds: null, answeredAt: null });
    await at.tell(missed);
    await at.tell(missed, { type: 'call.missed', sequence: 3 });
    expect(at.fake.tasks?.()).toMatchObject([{ subject: `Call back: ${E164} ${E164} [sw:a] lost` }]);
  });

  it('takes the example of its documentation', () => {
    const text = readFileSync(new URL('../../../../docs/generic-crm.md', import.meta.url), 'utf8');
    const [, example = ''] = /```json\n([^]*?)```/.exec(text) ?? [];
    expect(readHttpSettings(JSON.parse(example)).problems).toEqual([]);
  });

  it('does not write over a text that it cannot read first', () => {
    const { request } = SETTINGS.update;
    expect(problemsOf({ update: { request } })).toHaveLength(2);
    expect(problemsOf({ update: { request, kind: 'append' } })).toEqual([]);
  });

  describe('that can only add to a record', () => {
    /** What was added, with an answer that gets lost for whatever `isLost` says. */
    async function added(read: object | null, isLost: (place: number) => boolean = () => false) {
      const text = { text: '{{ call.body }}', tape: '{{ call.recordingUrl }}' };
      const request = { method: 'POST', url: '/v1/calls/{{ record.id }}/notes', json: text };
      const update = { kind: 'append', request, ...(read && { read }) };
      const at = new BenchOfCrm({ ...of, settings: { ...SETTINGS, update } });
      const notes: Record<string, string>[] = [];
      let asked = 0;
      at.mishap = ({ path, method, json }) => {
        if (!path.endsWith('/notes')) return undefined;
        if (method === 'GET') return { status: 200, body: { notes } };
        notes.push(json as Record<string, string>);
        return isLost((asked += 1)) ? { status: 504 } : { status: 200, body: {} };
      };
      await at.tellUntilDone(callForCrm());
      const recordings = [{ url: 'https://hook.example/r/1', vendorUrl: null }] as never;
      await at.tellUntilDone(callForCrm({ recordings }), { type: 'call.updated', sequence: 3 });
      const said = [{ text: 'Paid', outcome: null }] as never;
      await at.tellUntilDone(callForCrm({ recordings, notes: said }), { type: 'call.noted', sequence: 4 });
      return { notes, makes: at.asked.filter(({ path }) => path.endsWith('/notes')).map((one) => one.makes) };
    }

    it('adds what is new alone, and has it repeated by nobody', async () => {
      const { notes, makes } = await added(null);
      expect(notes).toEqual([
        { text: 'Recording: https://hook.example/r/1', tape: 'https://hook.example/r/1' },
        { text: 'Note: Paid', tape: 'https://hook.example/r/1' },
      ]);
      expect(makes).toEqual([true, true]);
    });

    it('looks first, where it is told how, and adds nothing that stands there', async () => {
      const request = { url: '/v1/calls/{{ record.id }}/notes' };
      for (const read of [{ request, list: 'notes', body: 'text' }, { request }]) {
        const { notes } = await added(read, (place) => place === 1);
        expect(notes.map(({ text }) => text)).toEqual(['Recording: https://hook.example/r/1', 'Note: Paid']);
      }
    });

    it('says that it may add something twice where it cannot look', async () => {
      const update = { kind: 'append', request: { method: 'POST', url: '/v1/calls/{{ record.id }}/notes' } };
      const at = new BenchOfCrm({ ...of, settings: { ...SETTINGS, update } });
      expect((await at.crm.probe(at.io)).lacks).toEqual([expect.stringContaining('update.read')]);
    });
  });

  it('fills in what there is, and leaves out what there is not', () => {
    const json = {
      text: 'Call of {{ number }}',
      none: '{{ call.outcome }}',
      list: ['{{ call.outcome }}'],
      deep: { only: '{{ call.outcome }}' },
      seconds: '{{ call.talkSeconds }}',
      id: { $number: '{{ contact.id }}' },
      fixed: [1, true, null, {}],
    };
    const template = {
      method: 'POST' as const,
      url: '/a/{{ contact.id }}',
      query: {},
      headers: {},
      json,
      form: null,
    };
    const words = { number: '1', call: { talkSeconds: 0, outcome: null }, contact: { id: '7' } };
    expect(fillRequest(template, words)).toMatchObject({
      path: '/a/7',
      json: { text: 'Call of 1', seconds: 0, id: 7, fixed: [1, true, null, {}] },
    });
    expect(Object.keys(fillRequest(template, words).json as object)).toEqual([
      'text',
      'seconds',
      'id',
      'fixed',
    ]);
  });

  it('keeps what is filled in inside its place, whatever it is', () => {
    const template = {
      method: 'GET' as const,
      url: '/a/{{ number }}/b?c={{ number }}',
      query: { d: '{{ number }}' },
      headers: { 'x-e': '{{ number }}' },
      json: null,
      form: null,
    };
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: fc.constantFrom(...ODD_LETTERS), minLength: 1 }),
          fc.constantFrom('..', '.', '/../', 'a\r\nb: c'),
        ),
        (number) => {
          const { url, headers } = requestOf(fillRequest(template, { number }), 'https://crm.example');
          const { host, pathname, searchParams } = new URL(url);
          expect(host).toBe('crm.example');
          expect(pathname).toMatch(/^\/a\/[^/]*\/b$/);
          expect([...searchParams.keys()]).toEqual(['c', 'd']);
          expect(headers['x-e'] ?? '').toMatch(/^[\x20-\x7e]*$/);
        },
      ),
    );
  });

  it('reads answers by paths, through lists and whatever else comes', () => {
    const answer = {
      data: [
        { id: 1, tel: [{ n: 'a' }, { n: ' b ' }] },
        { id: 'x', tel: { n: 'c' } },
      ],
    };
    expect(textsAt(answer, 'data.tel.n')).toEqual(['a', 'b', 'c']);
    expect(textsAt(answer, 'data.*.id')).toEqual(['1', 'x']);
    expect(textAt(answer, 'data.1.id')).toBe('x');
    expect(textAt(answer, 'data.constructor.name')).toBeNull();
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, path) => {
        expect(Array.isArray(valuesAt(value, path))).toBe(true);
      }),
    );
  });

  it('says what it can be used for, and whose credentials they are where it is told how to ask', async () => {
    const at = new BenchOfCrm(of);
    expect(await at.crm.probe(at.io)).toEqual({ account: null, lacks: [] });
    const probe = { request: { url: '/me' }, account: 'user.name' };
    const asked = new BenchOfCrm({ ...of, settings: { log: SETTINGS.log, probe, words: SETTINGS.words } });
    asked.mishap = () => ({ status: 200, body: { user: { name: 'Acme' } } });
    expect(await asked.crm.probe(asked.io)).toMatchObject({ account: 'Acme', lacks: { length: 2 } });
    asked.mishap = () => ({ status: 401 });
    await expect(asked.crm.probe(asked.io)).rejects.toThrow(CrmFault);
  });

  it('names the hosts that it goes to beside its own', () => {
    const log = {
      ...SETTINGS.log,
      request: { ...SETTINGS.log.request, url: 'https://calls.example/v1/{{ call.id }}' },
    };
    const prepared = http.prepare({ ...SETTINGS, log });
    expect(prepared.ok && prepared.crm.urls).toEqual([
      { path: 'log.request.url', url: 'https://calls.example' },
    ]);
  });
});
