/** What passes us on its way between a PBX and a tenant's own server that speaks its protocol. */
import type { IvrAnswer, IvrQuestion } from '#domain';
import { readResponse } from '../xmlrpc/read-response.js';
import { writeCall, writeResponse } from '../xmlrpc/write-message.js';
import type { Writable } from '../xmlrpc/write-value.js';
import { voicenter } from './voicenter.js';

const METHODS = ['GET_IVR_ACTION', 'IVR_LAYER_INPUT'] as const;
type Format = 'json' | 'xmlrpc' | 'form';

const FIELDS = {
  DID: '0732793256',
  CALLER_ID: '0523574321',
  IVR_UNIQUE_ID: 'x7',
  DTMF: '1',
  LAYER_ID: 8,
  PREVIOUS_LAYER_ID: 4,
  MENU: 'main',
  PREVIOUS_MENU: '-1',
};

function sent(method: string, data: Record<string, Writable>, format: Format) {
  const fields = { ...FIELDS, ...data };
  const body = {
    json: () => JSON.stringify({ METHOD: method, DATA: fields }),
    xmlrpc: () => writeCall(method, [fields]),
    form: () =>
      new URLSearchParams(
        Object.entries({ METHOD: method, ...fields }).map(([name, value]): [string, string] => [
          name,
          typeof value === 'object' ? JSON.stringify(value) : String(value),
        ]),
      ).toString(),
  }[format]();
  const reading = voicenter.read(
    { method: 'POST', route: 'ivr', query: '', headers: {}, body: Buffer.from(body) },
    {},
  );
  if (!reading.ok || reading.question?.kind !== 'ivr') throw new Error(JSON.stringify(reading));
  return { question: reading.question, report: reading.reports[0] };
}

function asked(question: IvrQuestion, format: 'json' | 'xmlrpc'): Record<string, unknown> {
  const body = voicenter.ivr?.ask(question, format).body ?? '';
  const again = voicenter.read(
    { method: 'POST', route: 'ivr', query: '', headers: {}, body: Buffer.from(body) },
    {},
  );
  if (!again.ok || again.question?.kind !== 'ivr') throw new Error(JSON.stringify(again));
  return { customData: again.question.customData, raw: again.question.raw };
}

describe.each(METHODS)('%s', (method) => {
  const custom = { deal: '9007199254740993', שם: 'דנה', vip: 1, nested: { a: ['b'] } };

  it.each(['json', 'xmlrpc', 'form'] as const)(
    'in %s: what the PBX remembers, and members that we do not know, reach the tenant’s own server',
    (format) => {
      const { question, report } = sent(
        method,
        { CUSTOM_DATA: custom, SITE: 'haifa', tags: ['a', 1] },
        format,
      );
      expect(question).toMatchObject({
        customData: custom,
        raw: { CUSTOM_DATA: custom, SITE: 'haifa', tags: ['a', 1] },
      });
      for (const own of ['json', 'xmlrpc'] as const) {
        expect(asked(question, own)).toEqual({ customData: custom, raw: question.raw });
      }
      expect(report?.customData).toEqual(custom);
      expect(report?.raw).not.toHaveProperty('CUSTOM_DATA');
    },
  );

  it.each<[spelling: string, value: Writable, customData: object | undefined]>([
    ['CUSTOM_DATA', {}, {}],
    ['custom_data', { a: '1' }, { a: '1' }],
    ['CustomData', [{ a: '1' }, { b: 2 }], { a: '1', b: 2 }],
    ['CUSTOM_DATA', '{"a":"1"}', { a: '1' }],
    ['CUSTOM_DATA', [], {}],
    ['CUSTOM_DATA', 'gold', undefined],
    ['CUSTOM_DATA', [{ a: 1 }, { a: 2 }], undefined],
  ])('takes %s %j, and hands it on as it came', (spelling, value, customData) => {
    const { question, report } = sent(method, { [spelling]: value }, 'json');
    expect(question.customData).toEqual(customData);
    expect(report?.customData).toEqual(customData ?? {});
    const body = JSON.parse(voicenter.ivr?.ask(question, 'json').body ?? '') as { DATA: object };
    const came = typeof value === 'string' && value.startsWith('{') ? (JSON.parse(value) as object) : value;
    expect(body.DATA).toMatchObject({ [spelling]: came });
    if (customData === undefined) expect(report?.raw).toHaveProperty(spelling);
  });

  it('has nothing beside the seed’s members where the PBX said no more', () => {
    const { question } = sent(method, {}, 'json');
    expect(question).not.toHaveProperty('customData');
    const { DATA } = JSON.parse(voicenter.ivr?.ask(question, 'json').body ?? '') as { DATA: object };
    expect(Object.keys(DATA)).not.toContain('CUSTOM_DATA');
  });
});

/** As the answer of a tenant's server leaves us to the PBX, which asked in this format. */
function handedOn(body: string, asks: IvrQuestion['asks'], format: Format, contentType?: string) {
  const question = { ...sent('IVR_LAYER_INPUT', {}, 'json').question, asks };
  const reading = voicenter.ivr?.readAnswer({ contentType, body: Buffer.from(body) }, question);
  if (reading?.ok !== true) throw new Error(JSON.stringify(reading));
  const answer: IvrAnswer = { ...reading.answer, given: { contentType, body } };
  const reply = voicenter.reply(
    { kind: 'accepted', answer },
    { route: 'ivr', format, settings: {}, question },
  );
  return { answer, reply };
}

const DIAL = {
  STATUS: 0,
  ACTION: 'DIAL',
  MAX_CALL_DURATION: '7200',
  TARGETS: [{ TARGET: '0501234567', TYPE: 'PHONE', NEW: 'x' }],
  NEXT_VO_ID: 1,
  FUTURE: { a: null, b: true, c: 'שלום' },
} as const;
const CALL = {
  STATUS: 0,
  ACTION: 'HANGUP',
  LANGUAGE: 'EN',
  DATA: { HANGUP_CAUSE: '16', NEW: 1 },
  CUSTOM_DATA: { plan: 'gold' },
} as const;
const ANSWERS = [
  ['layer', DIAL],
  ['layer', { STATUS: 0, ACTION: 'GO_TO_LAYER', LAYER: '22', CUSTOM_DATA: 'odd', EXTRA: 1 }],
  ['layer', { STATUS: 1, DESC: 'closed' }],
  ['layer', { STATUS: '7' }],
  ['menu', CALL],
] as const satisfies [IvrQuestion['asks'], Writable][];

describe('an answer of a server that speaks the PBX’s protocol', () => {
  it.each(ANSWERS)('to a %s, %j, reaches the PBX character by character', (asks, document) => {
    const json = `  ${JSON.stringify(document, null, 3)}\n`;
    expect(handedOn(json, asks, 'json').reply).toEqual({ contentType: 'application/json', body: json });
    expect(handedOn(json, asks, 'form').reply.body).toBe(json);
    const xml = writeResponse(document).replaceAll('><', '>\n<');
    expect(handedOn(xml, asks, 'xmlrpc').reply).toEqual({ contentType: 'text/xml', body: xml });
  });

  it.each(ANSWERS)(
    'to a %s, %j, reaches the PBX with the same values where the formats differ',
    (asks, document) => {
      const back = readResponse(handedOn(JSON.stringify(document), asks, 'xmlrpc').reply.body);
      expect(back).toMatchObject({ ok: true, value: JSON.parse(JSON.stringify(document)) as object });
      const json = handedOn(writeResponse(document), asks, 'json').reply.body;
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(document)));
    },
  );

  it('is remembered of: CUSTOM_DATA of either kind of answer', () => {
    expect(handedOn(JSON.stringify(CALL), 'menu', 'json').answer.customData).toEqual({ plan: 'gold' });
    const odd = { STATUS: 0, ACTION: 'GO_TO_LAYER', LAYER: 1, CUSTOM_DATA: { a: 1, b: { c: 1 }, d: null } };
    expect(handedOn(JSON.stringify(odd), 'layer', 'json').answer.customData).toEqual({ a: '1' });
  });

  it('leaves as UTF-8, whatever it says of itself, and without a mark in front', () => {
    const document = { STATUS: 1, DESC: 'סגור' };
    const xml = writeResponse(document).replace('?>', " encoding='us-ascii'?>");
    expect(handedOn(xml, 'layer', 'xmlrpc').reply.body).toBe(writeResponse(document));
    expect(handedOn(`\ufeff${JSON.stringify(document)}`, 'layer', 'json').reply.body).toBe(
      JSON.stringify(document),
    );
  });
});
