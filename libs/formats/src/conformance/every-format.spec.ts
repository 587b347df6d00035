/** What every format owes, whatever it writes. */
import { FORMATS, formatNamed } from '../registry.js';
import { toldCases } from './told-events.fixture.js';
import { OWN_URL, writerOf } from './written.fixture.js';

const SETTINGS: Readonly<Record<string, unknown>> = {
  voipnow: { rows: [{ kind: 2, url: 'https://crm.example/2' }] },
};

describe('the registry', () => {
  it('finds a format by its name, and none by another', () => {
    for (const format of FORMATS) expect(formatNamed(format.name)).toBe(format);
    expect(formatNamed('constructor')).toBeUndefined();
  });
});

/** Connectors to CRMs have a suite of their own. */
const WRITERS = FORMATS.filter(({ carrier }) => carrier !== 'crm');

describe.each(WRITERS.map((format) => [format.name, format] as const))('%s', (name, format) => {
  const writer = writerOf(name, SETTINGS[name]);

  it('has a title and a sentence about itself', () => {
    expect([format.title, format.about].every((text) => /\S/.test(text))).toBe(true);
  });

  it('names every setting that it does not have, and what is no settings at all', () => {
    const prepared = format.prepare({ nosuch: 1 });
    expect(prepared).toMatchObject({ ok: false, problems: [{ path: 'nosuch' }] });
    for (const wrong of ['x', 1, [], true]) expect(format.prepare(wrong).ok).toBe(false);
    for (const none of [undefined, null, {}]) expect(format.prepare(none).ok).toBe(true);
  });

  it('takes the settings that it gave back, and gives the same again, also through JSON', () => {
    const again = format.prepare(JSON.parse(JSON.stringify(writer.settings)));
    expect(again).toMatchObject({ ok: true, writer: { settings: writer.settings } });
  });

  it('writes the same bytes every time, with keys that tell its messages apart', () => {
    for (const { event } of toldCases()) {
      const first = writer.write(event, OWN_URL);
      expect(writer.write(event, OWN_URL)).toEqual(first);
      if (first.kind !== 'messages') continue;
      const keys = first.messages.map(({ key }) => key);
      expect(new Set(keys).size).toBe(keys.length);
      expect(keys.join('')).not.toContain(',');
      for (const { headers, method, body } of first.messages) {
        expect(Object.keys(headers)).toEqual(Object.keys(headers).map((header) => header.toLowerCase()));
        if (method === 'GET') expect(body).toBeNull();
      }
    }
  });

  it('has nothing or something to say of an event that is about no call, and never throws', () => {
    const event = {
      id: 'e',
      type: 'agent.paused',
      sequence: 0,
      occurredAt: 0 as never,
      payload: '{"agent":"1"}',
    };
    const anything = name === 'standard' || name === 'template';
    expect(writer.write(event, OWN_URL).kind).toBe(anything ? 'messages' : 'nothing');
    expect(writer.write({ ...event, type: 'call.ended' }, OWN_URL).kind).toBe(
      anything ? 'messages' : 'nothing',
    );
  });

  it('reads any reply', () => {
    for (const body of ['', 'OK', '{', 'null', '[]', '<html>', '\0', '{"err":[]}']) {
      expect(typeof writer.readReply({ status: 200, headers: {}, body }, 'event').ok).toBe('boolean');
    }
  });
});
