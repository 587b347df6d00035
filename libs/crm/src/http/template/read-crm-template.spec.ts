import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BenchOfCrm, callForCrm } from '../../conformance/bench-of-crm.fixture.js';
import type { FakeAnswer, FakeCrm, SeenRequest } from '../../conformance/fake-crm.fixture.js';
import { requestOf, type WrittenRequest } from '../../talk/request-of.js';
import { http } from '../http.js';
import { readCrmTemplate } from './read-crm-template.js';
import { DESK, FORMS, ODD } from './templates.fixture.js';

const E164 = '+972545551234';

/** A template at work: what was asked, and what came of it. */
async function atWork(
  xml: string,
  answers: (request: SeenRequest) => FakeAnswer,
  values: Record<string, string> = {},
) {
  const { settings } = readCrmTemplate(xml, values);
  const at = new BenchOfCrm(
    {
      connector: http,
      settings: settings ?? {},
      url: 'https://desk.example',
      newFake: () => ({ answer: answers }) as unknown as FakeCrm,
    },
    { createContacts: 'missed_too' },
  );
  const asked = (): WrittenRequest[] => at.asked.map((request) => requestOf(request, 'https://desk.example'));
  return { at, asked };
}

describe('a CRM template', () => {
  it('with a JSON API looks up and reports calls', async () => {
    const people = [{ id: 7, names: { first: 'Noa', last: 'Cohen' }, phones: { cell: '054-555-1234' } }];
    const { at, asked } = await atWork(DESK, ({ method }) =>
      method === 'GET'
        ? { status: 200, body: { data: { people } } }
        : { status: 201, body: { data: { id: 'c1' } } },
    );
    await at.tell(callForCrm({ result: 'missed', talkSeconds: 0 }));
    const [lookup, report] = asked();
    expect(lookup?.url).toBe('https://desk.example/v2/people?phone=545551234&limit=5');
    expect(lookup?.headers['x-client']).toBe('Phones');
    expect(report?.url).toBe('https://desk.example/v2/people/7/calls');
    expect(JSON.parse(report?.body ?? '')).toEqual({
      title: 'Incoming call from +972545551234: missed',
      text: expect.stringContaining(`[sw:${callForCrm().id}]`),
      seconds: 0,
      when: { from: '2026-11-21 09:28' },
      tags: ['Missed'],
    });
    const [found] = await at.crm.findContacts(E164, at.io);
    expect(found).toMatchObject({
      id: '7',
      type: 'Person',
      name: 'Noa Cohen',
      url: 'https://desk.example/#/people/7',
    });
  });

  it('says which credentials it needs, and keeps no secret', () => {
    const reading = readCrmTemplate(DESK);
    expect(reading).toMatchObject({
      name: 'Desk',
      ready: true,
      takes: {
        lookups: 1,
        create: false,
        log: true,
        ownUrl: ['Server'],
        credential: { kind: 'header', header: 'x-desk-key', how: '[ApiKey]' },
      },
    });
    expect(JSON.stringify(reading)).not.toContain('geheim');
    expect(reading.cannotTake).toEqual([
      'The field mail is left out: Nothing here stands for [AgentEmail].',
      "SearchContacts is for people's desks, and is left out.",
    ]);
  });

  it('is filled with the values that a tenant gives', () => {
    const { settings } = readCrmTemplate(DESK, { Server: 'https://acme.example/', MaxLength: '' });
    expect(settings).toMatchObject({
      numbers: ['e164', 'national'],
      lookups: [{ request: { url: 'https://acme.example/v2/people?phone={{ number }}&limit=5' } }],
    });
  });

  it('of forms asks its lookups in order, makes the contact and reports each type of call in its words', async () => {
    const { at, asked } = await atWork(FORMS, ({ url }) =>
      url.pathname.endsWith('/find') ? { status: 404 } : { status: 200, body: { id: '9' } },
    );
    await at.tell(callForCrm({ id: 'a' }));
    await at.tell(callForCrm({ id: 'b', result: 'missed', talkSeconds: 0 }));
    expect(asked().map(({ url, body }) => `${url} ${body ?? ''}`)).toEqual([
      'https://forms.example/customers/find tel=%2B972545551234',
      'https://forms.example/leads/find?tel=972545551234 ',
      'https://forms.example/customers last=%2B972545551234&tel=%2B972545551234',
      'https://forms.example/calls kind=TAKEN&who=9',
      'https://forms.example/calls kind=LOST&who=9',
    ]);
    expect(readCrmTemplate(FORMS).takes.credential).toMatchObject({ kind: 'basic' });
    expect(readCrmTemplate(FORMS).cannotTake).toContain(
      'It does not report outbound and notanswered calls: leave them out by the logging policy.',
    );
  });

  it('trusts a search of which the answer shows no number, as the template does', async () => {
    const { at } = await atWork(FORMS, ({ url }) =>
      url.pathname === '/customers/find'
        ? { status: 200, body: { id: 5, name: 'Noa', page: 'https://forms.example/5' } }
        : { status: 404 },
    );
    expect(await at.crm.findContacts(E164, at.io)).toMatchObject([
      { id: '5', name: 'Noa', url: 'https://forms.example/5', phones: [E164] },
    ]);
  });

  it('that trusts a search for the end of a number is not ready, and says so', () => {
    const reading = readCrmTemplate(FORMS.replace('MaxLength=""', 'MaxLength="9"'));
    expect(reading.ready).toBe(false);
    expect(reading.cannotTake).toContainEqual(expect.stringMatching(/^lookups\.0\.exact: .*\(last9\)/));
    expect(readCrmTemplate(FORMS).ready).toBe(true);
  });

  it('says which times of day are told in UTC and meant as those of a place', () => {
    const cannotTake = (text: string) =>
      readCrmTemplate(FORMS.replace('"TAKEN"', text)).cannotTake.filter((one) => one.includes('UTC'));
    expect(cannotTake('[DateTime]')).toEqual([expect.stringContaining('[DateTime] is told in UTC')]);
    expect(cannotTake('[[CallEndTimeLocal].ToString("HH:mm")]')).toEqual([
      expect.stringContaining('[CallEndTimeLocal] is told in UTC'),
    ]);
    expect(cannotTake('[CallStartTimeUTC]')).toEqual([]);
  });

  it('says what it cannot take', () => {
    const reading = readCrmTemplate(ODD);
    expect(reading.ready).toBe(false);
    expect(reading.takes).toMatchObject({ lookups: 0, create: false, log: false });
    expect(reading.cannotTake).toEqual([
      'Lookup: [Token] is a secret and would stand in a URL or a body: settings keep none.',
      'Lookup: Answers in Xml are not read.',
      'ReportCall: The method Reverse is not known here.',
      'It reports no calls that could be taken: say in the settings how a call is logged.',
      'The scenario Login is left out.',
      'It logs in by a scenario of its own, which is left out.',
    ]);
  });

  it('that is none is refused with a reason', () => {
    for (const xml of [
      '',
      'hello',
      '<Crm>',
      '<a/>',
      '<!DOCTYPE Crm [<!ENTITY a "b">]><Crm/>',
      '<Crm Name="&a;"/>',
    ]) {
      const { settings, cannotTake } = readCrmTemplate(xml);
      expect(settings).toBeNull();
      expect(cannotTake[0]).toMatch(/^This is no CRM template: /);
    }
  });

  it('never throws, whatever is cut out of it, and what is ready can be used', () => {
    const cut = fc.tuple(
      fc.constantFrom(DESK, FORMS, ODD),
      fc.nat(6_000),
      fc.nat(60),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(cut, ([xml, at, length, by]) => {
        const { ready, settings } = readCrmTemplate(xml.slice(0, at) + by + xml.slice(at + length));
        if (ready) expect(http.prepare(settings).ok).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
