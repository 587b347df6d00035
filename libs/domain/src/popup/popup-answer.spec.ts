import fc from 'fast-check';
import { URL_PLACEHOLDERS, fillUrl, urlTemplateFault } from './fill-url.js';
import { matchContact, noMatch, type Candidate } from '../contact/match-contact.js';
import { DEFAULT_POLICY, type MatchPolicy } from '../contact/match-policy.js';
import { popupAnswer } from './popup-answer.js';
import type { PopupQuestion } from './popup.js';
import { popupSettingFaults, popupSettings } from './popup-settings.js';

const QUESTION: PopupQuestion = {
  kind: 'popup',
  number: '0722776772',
  vendorCallId: 'v 1',
  extension: '101',
  did: '0776707528',
  customData: {},
};
const E164 = '+972722776772';
const NO_SETTINGS = popupSettings({});

function match(given: Partial<Candidate> = {}): Candidate {
  return {
    ...{ id: 'c1', source: 'directory', externalId: null, name: 'John', company: 'Acme', url: null },
    ...{ createdAt: 1, updatedAt: 1, numbers: [E164] },
    ...given,
  };
}
const found = (policy: MatchPolicy, ...candidates: Candidate[]) =>
  matchContact(E164, { own: null, total: candidates.length, candidates }, policy);
const known = (...candidates: Candidate[]) => found(DEFAULT_POLICY, ...candidates);
const unknownCaller = (e164: string | null) => noMatch(e164, 'nobody');

describe('the answer to a popup', () => {
  it('names the contact, its company and how many there are', () => {
    expect(popupAnswer(known(match()), QUESTION, NO_SETTINGS)).toEqual({
      kind: 'popup',
      total: 1,
      contact: { name: 'John', company: 'Acme' },
      url: null,
    });
  });

  it('shows the one that was updated last, of equals the one made last, in whatever order they come', () => {
    const [old, first, second] = [
      match(),
      match({ updatedAt: 2 }),
      match({ id: 'c2', name: 'Ann', updatedAt: 2 }),
    ];
    for (const contacts of [
      [old, first, second],
      [second, first, old],
      [first, second, old],
    ]) {
      expect(popupAnswer(known(...contacts), QUESTION, NO_SETTINGS)).toMatchObject({
        total: 3,
        contact: { name: 'Ann' },
      });
    }
  });

  it('names two where the tenant wants to choose, and opens nobody’s page', () => {
    const ask = { ...DEFAULT_POLICY, choose: 'ask' } as const;
    const several = found(ask, match(), match({ id: 'c2', name: 'Ann', updatedAt: 3 }), match({ id: 'c3' }));
    const answer = { kind: 'popup', total: 3, contact: { name: 'Ann / John', company: null } };
    const page = (contactUrl: string) => popupAnswer(several, QUESTION, popupSettings({ contactUrl }));
    expect(page('https://crm.example/{contactId}')).toEqual({ ...answer, url: null });
    expect(page('https://crm.example/?p={phone}')).toEqual({
      ...answer,
      url: 'https://crm.example/?p=0722776772',
    });
  });

  it('opens the contact’s own page, else the one that the connection’s template makes of it', () => {
    const settings = popupSettings({ contactUrl: 'https://crm.example/{externalId}/{contactId}?p={e164}' });
    const own = match({ url: 'https://crm.example/john' });
    expect(popupAnswer(known(own), QUESTION, settings).url).toBe('https://crm.example/john');
    const other = match({ externalId: 'a/b' });
    expect(popupAnswer(known(other), QUESTION, settings).url).toBe(
      'https://crm.example/a%2Fb/c1?p=%2B972722776772',
    );
  });

  it('of an unknown caller is the form for a new contact', () => {
    const settings = popupSettings({
      newContactUrl: 'https://crm.example/new?p={phone}&c={callId}&d={did}&x={extension}',
    });
    expect(popupAnswer(unknownCaller(E164), QUESTION, settings)).toEqual({
      kind: 'popup',
      total: 0,
      contact: null,
      url: 'https://crm.example/new?p=0722776772&c=v%201&d=0776707528&x=101',
    });
    expect(popupAnswer(unknownCaller(null), QUESTION, NO_SETTINGS).url).toBeNull();
  });
});

describe('the page of a popup', () => {
  const settings = popupSettings({ newContactUrl: 'https://crm.example/new?ticket={customData.ticket}' });
  const pageFor = (customData: object, remembered: Record<string, unknown>) =>
    popupAnswer(unknownCaller(E164), { ...QUESTION, customData: { ...customData } }, settings, remembered)
      .url;

  it('shows what was remembered of the call, as the PBX gives it back before all else', () => {
    expect(pageFor({}, { ticket: 'a&b' })).toBe('https://crm.example/new?ticket=a%26b');
    expect(pageFor({ ticket: 7 }, { ticket: 'old' })).toBe('https://crm.example/new?ticket=7');
    expect(pageFor({}, { ticket: { odd: true } })).toBe('https://crm.example/new?ticket=');
  });

  it('cannot have its other placeholders changed by custom data', () => {
    const other = popupSettings({ newContactUrl: 'https://crm.example/{phone}' });
    const sly = { ...QUESTION, customData: { phone: 'x', 'customData.phone': 'x' } };
    expect(popupAnswer(unknownCaller(E164), sly, other).url).toBe('https://crm.example/0722776772');
  });
});

describe('a URL template', () => {
  it('is not changed around its placeholders by any value', () => {
    const template = 'https://crm.example/a?p={phone}#end';
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (phone) => {
        const url = new URL(fillUrl(template, { phone }) ?? '');
        expect([url.host, url.pathname, url.hash]).toEqual(['crm.example', '/a', '#end']);
        expect([...url.searchParams.keys()]).toEqual(['p']);
        expect(url.searchParams.get('p')).toBe(phone.replace(/\p{Surrogate}/gu, '\ufffd'));
      }),
    );
  });

  it('leaves empty what is not known', () => {
    expect(fillUrl('https://x.example/{did}/{extension}', { did: null })).toBe('https://x.example//');
  });

  it.each(URL_PLACEHOLDERS)('may hold {%s}', (name) => {
    expect(urlTemplateFault(`https://crm.example/?x={${name}}`)).toBeNull();
  });

  it.each([
    'javascript:alert(1)',
    'ftp://crm.example/',
    '/contacts',
    'https://{did}/',
    'https://crm.{did}.example/',
    'https://crm.example{phone}',
    'https://crm.example:x/',
    'https://crm.example/{name}',
    `https://crm.example/${'a'.repeat(2048)}`,
    7,
    null,
  ])('%j is none', (template) => {
    expect(urlTemplateFault(template)).toMatch(/^must /);
    expect(popupSettings({ contactUrl: template, newContactUrl: template })).toEqual({
      contactUrl: null,
      newContactUrl: null,
    });
  });
});

describe('a connection’s settings for popups', () => {
  it('are told what is wrong with each of them', () => {
    const wrong = { contactUrl: 'no', newContactUrl: 1, totalSpelling: 'words', else: {} };
    expect(popupSettingFaults(wrong).map(({ setting }) => setting)).toEqual([
      'contactUrl',
      'newContactUrl',
      'totalSpelling',
    ]);
    expect(popupSettingFaults({ totalSpelling: 'string', contactUrl: 'https://a.example/{phone}' })).toEqual(
      [],
    );
    expect(popupSettingFaults({})).toEqual([]);
  });
});
