import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { foldCall, id, instant, normaliseLeg, readOwnIvrAnswer } from '#domain';
import type {
  CallId,
  ConnectionId,
  IvrAction,
  IvrAnswer,
  IvrDialAction,
  IvrPrompt,
  IvrQuestion,
} from '#domain';
import type { IvrProtocol, Reading, Reply, Verdict } from '../dialect.js';
import { readResponse } from '../xmlrpc/read-response.js';
import { writeCall } from '../xmlrpc/write-message.js';
import { voicenter } from './voicenter.js';
import { isWordForNothing } from '../content/word-for-nothing.js';

const FIXTURES = fileURLToPath(new URL('fixtures/', import.meta.url));
const fixture = (name: string) => readFileSync(FIXTURES + name, 'utf8');

const send = (body: string, route = 'ivr', query = ''): Reading =>
  voicenter.read({ method: 'POST', route, query, headers: {}, body: Buffer.from(body) }, {});
const told = (reading: Reading) => {
  if (!reading.ok) throw new Error(reading.reason);
  const [report] = reading.reports;
  if (report === undefined) throw new Error('no report');
  return { report, question: reading.question };
};
const ask = (method: string, data: Record<string, unknown>, route?: string) =>
  told(send(JSON.stringify({ METHOD: method, DATA: data }), route));
const CALL = { DID: '0732793256', CALLER_ID: '0540000000', IVR_UNIQUE_ID: 'a1' };

const protocol = (): IvrProtocol => {
  if (voicenter.ivr === undefined) throw new Error('no protocol');
  return voicenter.ivr;
};

const question = (asks: IvrQuestion['asks'], also: Partial<IvrQuestion> = {}): IvrQuestion => ({
  kind: 'ivr',
  asks,
  vendorCallId: 'a1',
  from: '0540000000',
  fromName: null,
  did: '0732793256',
  menu: null,
  previousMenu: null,
  digits: null,
  ...also,
});

const answer = (action: IvrAction, also: Partial<IvrAnswer> = {}): IvrAnswer => ({
  kind: 'ivr',
  action,
  language: 'he',
  callerName: null,
  customData: {},
  ...also,
});

const rendered = (
  said: IvrAnswer,
  asks: IvrQuestion['asks'],
  format: 'json' | 'xmlrpc' | 'form' = 'json',
): Reply =>
  voicenter.reply(
    { kind: 'accepted', answer: said },
    { route: 'ivr', format, settings: {}, question: question(asks) },
  );
const document = (said: IvrAnswer, asks: IvrQuestion['asks']): unknown =>
  JSON.parse(rendered(said, asks).body);
const understood = ({ contentType, body }: Reply, asks: IvrQuestion['asks']) =>
  protocol().readAnswer({ contentType, body: Buffer.from(body) }, question(asks));
const answerIn = (body: string, asks: IvrQuestion['asks']): IvrAnswer => {
  const reading = understood({ contentType: 'text/plain', body }, asks);
  if (!reading.ok) throw new Error(reading.reason);
  return reading.answer;
};

describe("reading Voicenter's questions", () => {
  it("reads the seed's XML-RPC example of GET_IVR_ACTION, and its id that was printed over two lines in one piece", () => {
    const { report, question: asked } = told(send(fixture('ivr/seed-get-ivr-action.xml')));
    expect(asked).toEqual({
      kind: 'ivr',
      asks: 'menu',
      vendorCallId: 'ced4619f30fc17182d8e41ddf4d6869X',
      from: '0540000000',
      fromName: '017W',
      did: '0730000000',
      menu: null,
      previousMenu: null,
      digits: null,
    });
    expect(report).toMatchObject({
      phase: 'ringing',
      leg: 'ivr',
      direction: 'inbound',
      vendorCallId: 'ced4619f30fc17182d8e41ddf4d6869X',
      from: '0540000000',
      did: '0730000000',
      ivrPath: [],
    });
  });

  it("reads the seed's JSON example of GET_IVR_ACTION, its member names quoted as JSON wants them", () => {
    const { question: asked } = told(send(fixture('ivr/seed-get-ivr-action.json')));
    expect(asked).toMatchObject({
      asks: 'menu',
      vendorCallId: '1bcd7954224861f85a2d70612f248282',
      menu: null,
    });
  });

  it("reads the seed's example of IVR_LAYER_INPUT", () => {
    const { report, question: asked } = told(send(fixture('layer/seed-layer-input.json'), 'layer'));
    expect(asked).toMatchObject({
      asks: 'layer',
      menu: '8',
      previousMenu: '4',
      digits: '1234567',
      fromName: null,
    });
    expect(report.ivrPath).toEqual([
      { order: 0, layerId: '8', layerName: null, layerNumber: 8, digits: '1234567' },
    ]);
  });

  it.each(['seed-hangup-call.xml', 'seed-hangup-call.json'])(
    'reads %s as the end of a call that the IVR handed on, which asks nothing',
    (name) => {
      const { report, question: asked } = told(send(fixture(`ivr/${name}`)));
      expect(asked).toBeUndefined();
      expect(report).toMatchObject({
        phase: 'ended',
        result: 'answered',
        leg: 'ivr',
        vendorStatus: 'ANSWERED',
        to: '0500000555',
        ivrPath: [],
        raw: { CALL_TIME_EPOCH: 15616841651, CALL_START_EPOCH: 15616841612, CALL_DAILTIME: 15 },
      });
    },
  );

  it('goes by the method, whichever of the two addresses it was sent to', () => {
    expect(ask('IVR_LAYER_INPUT', { ...CALL, LAYER_ID: 5 }, 'ivr').question).toMatchObject({ asks: 'layer' });
    expect(ask('GET_IVR_ACTION', CALL, 'layer').question).toMatchObject({ asks: 'menu' });
    expect(ask('HANGUP_CALL', CALL, 'layer').report.phase).toBe('ended');
  });

  it('knows the name that the seed has for IVR_LAYER_INPUT in its prose', () => {
    const named = (method: string) => ask(method, { ...CALL, LAYER_ID: 5, DTMF: '1' });
    expect(named('IvrExternalLayerInput')).toEqual(named('IVR_LAYER_INPUT'));
  });

  it('tells the menu in which keys were pressed, and a menu in which none were', () => {
    const at = (also: object) => ask('GET_IVR_ACTION', { ...CALL, ...also }).report.ivrPath;
    const step = { order: 0, layerId: 'main', layerName: null, layerNumber: null };
    expect(at({ MENU: 'main', DTMF: '12' })).toEqual([{ ...step, digits: '12' }]);
    expect(at({ MENU: 'main', DTMF: '' })).toEqual([{ ...step, digits: null }]);
    expect(at({ MENU: -1, PREVIOUS_MENU: '-1' })).toEqual([]);
    expect(at({ MENU: '-1', DTMF: '1' })).toEqual([{ ...step, layerId: '-1', digits: '1' }]);
  });

  it('takes 0 for a key and an empty text for none', () => {
    const keys = (DTMF: unknown) => ask('IVR_LAYER_INPUT', { ...CALL, LAYER_ID: '5', DTMF }).question;
    expect(keys('0')).toMatchObject({ digits: '0' });
    expect(keys(0)).toMatchObject({ digits: '0' });
    expect(keys('')).toMatchObject({ digits: null });
    expect(keys(null)).toMatchObject({ digits: null });
  });

  it('knows names in any case, and keeps fields that it does not know', () => {
    const { report, question: asked } = told(
      send('{"method":"get_ivr_action","data":{"ivr_unique_id":"a1","Caller_Name":"Dana","zzz":[1]},"v":2}'),
    );
    expect(asked).toMatchObject({ vendorCallId: 'a1', fromName: 'Dana' });
    expect(report.raw).toEqual({ Caller_Name: 'Dana', zzz: [1], v: 2 });
  });

  it('reads the same from JSON, XML-RPC, a form and a query', () => {
    const data = { ...CALL, MENU: 'main', PREVIOUS_MENU: '-1', DTMF: '1' };
    const fields = new URLSearchParams({ METHOD: 'GET_IVR_ACTION', ...data }).toString();
    const json = ask('GET_IVR_ACTION', data);
    for (const reading of [
      send(writeCall('GET_IVR_ACTION', [data])),
      send(fields),
      send('', 'ivr', fields),
      send(`METHOD=GET_IVR_ACTION&DATA=${encodeURIComponent(JSON.stringify(data))}`),
      send(JSON.stringify([{ METHOD: 'GET_IVR_ACTION', ...data }])),
    ]) {
      expect(told(reading)).toEqual(json);
    }
  });

  it.each([
    ['{"DATA":{"IVR_UNIQUE_ID":"a"}}', 'The message names no METHOD.'],
    ['{"METHOD":"CDR","DATA":{}}', 'The method is none of GET_IVR_ACTION, HANGUP_CALL and IVR_LAYER_INPUT.'],
    ['{"METHOD":"HANGUP_CALL"}', 'The message has no IVR_UNIQUE_ID.'],
    [
      '{"METHOD":"HANGUP_CALL","DATA":{"IVR_UNIQUE_ID":"0"}}',
      'The IVR_UNIQUE_ID stands for nothing: the PBX did not fill it in.',
    ],
    ['{"METHOD":"HANGUP_CALL","DATA":{"IVR_UNIQUE_ID":" \\n "}}', 'The message has no IVR_UNIQUE_ID.'],
    ['[]', 'The JSON is not one set of named fields.'],
    [writeCall('HANGUP_CALL', ['a']), 'The XML-RPC call does not hold a struct.'],
  ])('does not read %s: %s', (body, reason) => {
    expect(send(body)).toMatchObject({ ok: false, reason });
  });

  it('reads a list of several messages, of which the first question is answered', () => {
    const [a, b] = ['a', 'b'].map((IVR_UNIQUE_ID) => ({
      METHOD: 'GET_IVR_ACTION',
      IVR_UNIQUE_ID,
      MENU: '1',
    }));
    const reading = send(JSON.stringify([{ METHOD: 'GET_IVR_ACTION' }, a, b]));
    expect(reading).toMatchObject({
      ok: true,
      reports: [{ vendorCallId: 'a' }, { vendorCallId: 'b' }],
      question: { vendorCallId: 'a' },
      problems: [{ reason: 'The message has no IVR_UNIQUE_ID. (message 1 of 3)' }],
    });
  });

  it('makes a call that rings while the caller is in the menu and ends there', () => {
    const ids = { id: id<CallId>('c'), connectionId: id<ConnectionId>('k'), vendorCallId: 'a1' };
    const connection = { epochs: 'local', timeZone: 'Asia/Jerusalem', country: 'IL' } as const;
    const asked = ask('GET_IVR_ACTION', { ...CALL, MENU: 'main', DTMF: '1' }).report;
    const over = ask('HANGUP_CALL', { ...CALL, CALL_STATUS: 'CANCEL', CALL_START_EPOCH: 1595960350 }).report;
    const running = foldCall(null, [normaliseLeg(asked, connection, instant(1000))], ids).call;
    expect(running).toMatchObject({ state: 'ringing', direction: 'inbound' });
    const { call } = foldCall(running, [normaliseLeg(over, connection, instant(61_000))], ids);
    expect(call).toMatchObject({
      state: 'ended',
      result: 'ivr_only',
      startedAt: 1000,
      endedAt: 61_000,
      ivrPath: [{ layerId: 'main', digits: '1' }],
    });
  });
});

/** What a reply says, however it is spelled: nothing to be played is `blank`, empty or absent, numbers may be texts. */
function meaning(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaning);
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : value;
  }
  const entries = Object.entries(value).map(([name, member]): [string, unknown] => [
    name.trim(),
    name === 'LANGUAGE' ? String(member).toLowerCase() : meaning(member),
  ]);
  return Object.fromEntries(
    entries.filter(([, member]) => member !== '' && member !== 'blank' && JSON.stringify(member) !== '{}'),
  );
}

const valueIn = (body: string): unknown => {
  if (!body.startsWith('<')) return JSON.parse(body);
  const response = readResponse(body);
  return response.ok ? response.value : response;
};

describe('reading replies of a server that was written for Voicenter', () => {
  const dial: IvrDialAction = {
    do: 'dial',
    targets: [{ type: 'phone', target: '0540123456' }],
    callerId: 'Unknown',
    callerName: '?????',
    maxRingSeconds: 35,
    maxCallSeconds: 600,
    record: true,
    callerRecording: 'now_calling',
    targetRecording: null,
    musicClass: 'californication',
    sendDigits: '3',
    dialStrings: ['SIP/972547000000@provider1', 'SIP/972547000000@provider2'],
    ifFailed: { to: 'SOME-MENU', recording: 'record-filename', loops: 3, maxDigits: 4, delaySeconds: 1 },
    afterwards: null,
  };
  const menu = { do: 'menu', menu: 'menu', loops: 4, delaySeconds: 3, maxDigits: 2, confirm: false } as const;
  const menuXml = { ...menu, menu: 'menu_name', loops: 2, delaySeconds: 1, maxDigits: 4, confirm: true };
  const play = (recording: string): IvrPrompt => ({ say: 'recording', recording });
  const layer = { do: 'layer', layer: 22, recording: null, loops: 1, delaySeconds: 0 } as const;
  const toLayer = (to: string) => ({ to, recording: null, loops: null, maxDigits: null, delaySeconds: null });
  const layerDial: IvrDialAction = {
    ...dial,
    targets: [{ type: 'phone', target: '0501234567' }],
    callerId: '0722776772',
    callerName: 'Voicenter',
    maxRingSeconds: 30,
    maxCallSeconds: 7200,
    callerRecording: null,
    musicClass: null,
    sendDigits: null,
    dialStrings: [],
    ifFailed: toLayer('1'),
    ifUnanswered: toLayer('2'),
    afterwards: toLayer('1'),
  };
  const { ifUnanswered: _, ...answeredDial } = layerDial;

  const CASES: [name: string, file: string, said: IvrAnswer][] = [
    ["the seed's CALL in XML-RPC, its numbers as texts", 'ivr/call.xml', answer(dial)],
    [
      "the seed's CALL in JSON, its numbers as texts",
      'ivr/call.json',
      answer({
        ...dial,
        callerId: '0500000000',
        callerName: null,
        callerRecording: 'rec',
        musicClass: 'musiconhold',
        maxRingSeconds: 25,
        maxCallSeconds: 3200,
        record: false,
        sendDigits: '16',
        ifFailed: { to: '16', recording: 'rec', loops: 1, maxDigits: 2, delaySeconds: 1 },
      }),
    ],
    ["the seed's HANGUP in XML-RPC", 'ivr/hangup.xml', answer({ do: 'hangup', recording: null, cause: 16 })],
    ["the seed's HANGUP in JSON", 'ivr/hangup.json', answer({ do: 'hangup', recording: null, cause: 16 })],
    [
      "the seed's MENU in XML-RPC",
      'ivr/menu.xml',
      answer({ ...menuXml, prompts: [play('record_filename')] }),
    ],
    ["the seed's MENU in JSON", 'ivr/menu.json', answer({ ...menu, prompts: [play('record')] })],
    [
      "the seed's SAYDIGITS in XML-RPC, its elements mended where a page ended",
      'ivr/saydigits.xml',
      answer({ ...menuXml, prompts: [{ say: 'digits', digits: '154654' }, play('record_filename')] }),
    ],
    [
      "the seed's SAYDIGITS in JSON, closed, and the two members that it calls VALIDATION named",
      'ivr/saydigits.json',
      answer({
        ...menu,
        prompts: [play('SAYDIGITSRECORD'), { say: 'digits', digits: '0547' }, play('record')],
      }),
    ],
    [
      "VO as the seed's table has it, in XML-RPC",
      'ivr/vo.xml',
      answer({ ...layer, layer: 8, recording: 'record' }),
    ],
    [
      "VO as the seed's table has it, in JSON",
      'ivr/vo.json',
      answer({ ...layer, layer: 8, recording: 'record' }),
    ],
    [
      "SILENTRECORD as the seed's table has it, in XML-RPC",
      'ivr/silentrecord.xml',
      answer({ do: 'record', recording: 'record', maxSeconds: 120 }, { language: 'en' }),
    ],
    [
      "SILENTRECORD as the seed's table has it, in JSON",
      'ivr/silentrecord.json',
      answer({ do: 'record', recording: 'record', maxSeconds: 120 }, { language: 'en' }),
    ],
    ['STATUS 1 of an External IVR', 'ivr/error.json', answer({ do: 'fallback' }, { language: null })],
    [
      "the seed's GO_TO_LAYER, whose LAYER has a blank in its name",
      'layer/seed-go-to-layer.json',
      answer(layer, {
        language: null,
        callerName: 'Shlomi',
        customData: { xxx: '111', 'yyy ': '222', zzz: '333' },
      }),
    ],
    [
      "the seed's DIAL, the list of its targets made JSON",
      'layer/seed-dial.json',
      answer(layerDial, { language: null, customData: { xxx: '111', 'yyy ': '222', zzz: '333' } }),
    ],
    [
      "the vendor's sample of GO_TO_LAYER",
      'layer/sample-go-to-layer.json',
      answer(layer, {
        language: null,
        callerName: 'John Doe',
        customData: { CRM_client_ID: '12345', Last_ticket_ID: '222', Last_representative: 'Jane Smith' },
      }),
    ],
    [
      "the vendor's sample of DIAL, where one layer is for every failure",
      'layer/sample-dial.json',
      answer(
        {
          ...answeredDial,
          maxRingSeconds: 60,
          maxCallSeconds: 1800,
          ifFailed: toLayer('15'),
          // No other layer was given: none is added.
          ifUnanswered: null,
          afterwards: null,
        },
        { language: null, customData: { CRM_client_ID: '12345' } },
      ),
    ],
    [
      "the vendor's sample of SAY_DIGITS",
      'layer/sample-say-digits.json',
      answer(
        {
          do: 'say',
          prompts: [
            play('greeting_audio_file.mp3'),
            { say: 'digits', digits: '0501234567' },
            { say: 'number', number: '42' },
            { say: 'date', date: '2024-06-01' },
            { say: 'dateTime', dateTime: '2024-06-01T10:00:00' },
          ],
          nextLayer: 2,
          ifFailedLayer: null,
        },
        { language: 'en' },
      ),
    ],
    [
      "the vendor's sample of a bare STATUS 1",
      'layer/sample-error.json',
      answer({ do: 'fallback' }, { language: null }),
    ],
  ];

  it.each(CASES)('understands %s', (_name, file, said) => {
    const asks = file.startsWith('layer') ? 'layer' : 'menu';
    expect(answerIn(fixture(`replies/${file}`), asks)).toEqual(said);
  });

  it.each(CASES)('renders what it understood of %s as an equivalent document', (_name, file, said) => {
    const asks = file.startsWith('layer') ? 'layer' : 'menu';
    const format = file.endsWith('.xml') ? 'xmlrpc' : 'json';
    const again = rendered(said, asks, format).body;
    expect(meaning(valueIn(again))).toEqual(meaning(valueIn(fixture(`replies/${file}`))));
  });

  it('has a case for every reply among the fixtures', () => {
    const files = ['ivr', 'layer'].flatMap((folder) =>
      readdirSync(`${FIXTURES}replies/${folder}`).map((name) => `${folder}/${name}`),
    );
    expect(files.filter((file) => !CASES.some(([, known]) => known === file))).toEqual([
      'ivr/saydigits-as-printed.json',
    ]);
  });

  it("says what the seed's SAYDIGITS in JSON lacks, which calls three members VALIDATION", () => {
    const body = fixture('replies/ivr/saydigits-as-printed.json');
    expect(understood({ contentType: 'application/json', body }, 'menu')).toEqual({
      ok: false,
      reason: 'DIGITS is missing.',
    });
  });

  it.each([
    ['menu', '', 'The body is not valid JSON.'],
    ['menu', '[]', 'STATUS is missing.'],
    ['menu', '<html>502</html>', 'The XML is not an XML-RPC message.'],
    ['menu', '[1]', 'The reply is not a set of named fields.'],
    ['menu', '{"ACTION":"MENU"}', 'STATUS is missing.'],
    ['menu', '{"STATUS":"no"}', 'STATUS is not a whole number.'],
    ['menu', '{"STATUS":0}', 'ACTION is missing.'],
    [
      'menu',
      '{"STATUS":0,"ACTION":"GO_TO_LAYER","LAYER":2}',
      'ACTION is none of MENU, SAYDIGITS, CALL, HANGUP, VO, SILENTRECORD.',
    ],
    ['menu', '{"STATUS":0,"ACTION":"HANGUP","DATA":{}}', 'LANGUAGE is missing.'],
    ['menu', '{"STATUS":0,"ACTION":"HANGUP","LANGUAGE":"he"}', 'DATA is not a set of named fields.'],
    ['menu', '{"STATUS":0,"ACTION":"MENU","LANGUAGE":"he","DATA":{}}', 'REC is missing.'],
    [
      'menu',
      '{"STATUS":0,"ACTION":"MENU","LANGUAGE":"he","DATA":{"REC":"","MENU":"m","LOOP":1,"DELAY":"soon"}}',
      'DELAY is not a whole number.',
    ],
    ['menu', '{"STATUS":0,"ACTION":"CALL","LANGUAGE":"he","DATA":{"TARGET":""}}', 'TARGET is missing.'],
    ['layer', '{"STATUS":0,"ACTION":"MENU"}', 'ACTION is none of GO_TO_LAYER, DIAL, SAY_DIGITS.'],
    ['layer', '{"STATUS":0,"ACTION":"GO_TO_LAYER"}', 'LAYER is missing.'],
    ['layer', '{"STATUS":0,"ACTION":"DIAL"}', 'TARGETS is missing.'],
    [
      'layer',
      '{"STATUS":0,"ACTION":"DIAL","TARGETS":[{"TARGET":"1","TYPE":"FAX"}]}',
      'TYPE of a target is neither PHONE nor EXTENSION.',
    ],
    [
      'layer',
      '{"STATUS":0,"ACTION":"SAY_DIGITS","DATA":[{"RecordType":"Song","Content":"x"}]}',
      'RecordType is none of Recording, Digits, Number, Date and DateTime.',
    ],
  ] as const)('of a %s, gives a reason for %s: %s', (asks, body, reason) => {
    expect(understood({ contentType: 'text/plain', body }, asks)).toEqual({ ok: false, reason });
  });

  it("takes PHP's empty list for an empty set", () => {
    expect(answerIn('{"STATUS":0,"ACTION":"HANGUP","LANGUAGE":"he","DATA":[]}', 'menu')).toEqual(
      answer({ do: 'hangup', recording: null, cause: null }),
    );
  });

  it('never throws, whatever a server sends', () => {
    const noise = fc.oneof(
      fc.json().map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 100 }),
    );
    const files = CASES.map(([, file]) => fixture(`replies/${file}`));
    const damaged = fc
      .tuple(fc.constantFrom(...files), fc.nat(), fc.nat(9), fc.string({ maxLength: 3 }))
      .map(([text, at, length, put]) => {
        const from = at % text.length;
        return Buffer.from(text.slice(0, from) + put + text.slice(from + length));
      });
    fc.assert(
      fc.property(
        fc.oneof(noise, damaged),
        fc.constantFrom('menu' as const, 'layer' as const),
        (body, asks) => {
          const reading = protocol().readAnswer({ contentType: undefined, body }, question(asks));
          if (!reading.ok) expect(reading.reason).toMatch(/^[\x20-\x7e]{1,200}$/);
        },
      ),
      { numRuns: 3000 },
    );
  });
});

describe("what a PBX's protocol cannot say", () => {
  const nothing = { recording: null, loops: null, maxDigits: null, delaySeconds: null };
  const dial: IvrDialAction = {
    do: 'dial',
    targets: [
      { type: 'extension', target: 'SIPSIP' },
      { type: 'phone', target: '0501234567' },
    ],
    callerId: null,
    callerName: null,
    maxRingSeconds: 30,
    maxCallSeconds: 600,
    record: false,
    callerRecording: null,
    targetRecording: null,
    musicClass: null,
    sendDigits: null,
    dialStrings: [],
    ifFailed: { to: 'main', ...nothing },
    afterwards: { to: '7', ...nothing },
  };
  const menu = (prompts: IvrPrompt[], name = 'main'): IvrAction => ({
    do: 'menu',
    menu: name,
    prompts,
    loops: 1,
    delaySeconds: 0,
    maxDigits: 1,
    confirm: false,
  });
  const play = (recording: string): IvrPrompt => ({ say: 'recording', recording });

  it('is an error without an action where nothing fits', () => {
    for (const action of [
      { do: 'fallback' },
      { do: 'say', prompts: [play('a')], nextLayer: null, ifFailedLayer: 3 },
      { ...dial, targets: [] },
    ] as const) {
      expect(document(answer(action as IvrAction), 'menu')).toEqual({ STATUS: 1 });
    }
    for (const action of [
      { do: 'fallback' },
      { do: 'hangup', recording: null, cause: 16 },
      { do: 'record', recording: null, maxSeconds: null },
      menu([], 'main'),
      { ...dial, targets: [], dialStrings: ['SIP/1'] },
    ] as const) {
      expect(document(answer(action as IvrAction, { customData: { a: '1' } }), 'layer')).toEqual({
        STATUS: 1,
      });
    }
  });

  it('of a menu in External IVR, is all but the digits, the recording before them and the last one', () => {
    const digits = { say: 'digits', digits: '12' } as const;
    const date = { say: 'date', date: '2024-06-01' } as const;
    const said = (prompts: IvrPrompt[]) => (document(answer(menu(prompts)), 'menu') as { DATA: object }).DATA;
    expect(said([])).toMatchObject({ REC: 'blank', VALIDATION: 0 });
    expect(said([play('hello'), play('choose')])).toMatchObject({ REC: 'choose' });
    expect(said([digits])).toMatchObject({ REC: 'blank', SAYDIGITSRECORD: 'blank', DIGITS: '12' });
    expect(said([play('a'), play('b'), digits, date, play('c'), play('d'), digits])).toMatchObject({
      SAYDIGITSRECORD: 'b',
      DIGITS: '1220240601',
      REC: 'd',
    });
    expect(said([{ say: 'number', number: '-4.5' }, play('a')])).not.toHaveProperty('DIGITS');
  });

  it('of a call in External IVR, is all but its first target; its caller shows his own number unless told otherwise', () => {
    expect(document(answer(dial, { callerName: 'Dana' }), 'menu')).toEqual({
      STATUS: 0,
      ACTION: 'CALL',
      LANGUAGE: 'he',
      DATA: {
        TARGET: 'SIPSIP',
        CALLERID: '0540000000',
        CALLERNAME: 'Dana',
        CALL_MAX_DIAL: 30,
        CALL_MAX: 600,
        NEXT_MENU: 'main',
        REC_STATUS: 0,
      },
    });
  });

  it('of a call in a layer, is where to go unless that is a layer', () => {
    expect(document(answer(dial), 'layer')).toEqual({
      STATUS: 0,
      ACTION: 'DIAL',
      MAX_CALL_DURATION: 600,
      MAX_DIAL_DURATION: 30,
      RECORDING: 'no',
      TARGETS: [
        { TARGET: 'SIPSIP', TYPE: 'EXTENSION' },
        { TARGET: '0501234567', TYPE: 'PHONE' },
      ],
      ANSWER_NEXT_VO_ID: 7,
      CUSTOM_DATA: {},
    });
  });

  it('of words on the way into a layer in External IVR, is all but the last recording', () => {
    const prompts: IvrPrompt[] = [play('a'), { say: 'digits', digits: '1' }, play('b')];
    const said = answer({ do: 'say', prompts, nextLayer: 3, ifFailedLayer: null }, { language: 'ru' });
    expect(document(said, 'menu')).toEqual({
      STATUS: 0,
      ACTION: 'VO',
      LANGUAGE: 'en',
      DATA: { LAYER: 3, RECORD: 'b', LOOP: 1, DELAY: 0 },
    });
  });

  it('of a menu in a layer, is all but its number', () => {
    expect(document(answer(menu([play('a')], '22')), 'layer')).toEqual({
      STATUS: 0,
      ACTION: 'GO_TO_LAYER',
      LAYER: 22,
      CUSTOM_DATA: {},
    });
  });

  it('of custom data in a layer, is what exceeds ten values of 128 characters, whole characters', () => {
    const customData = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [`k${index}`, '😀'.repeat(200)]),
    );
    const said = document(answer(menu([], '1'), { customData }), 'layer') as { CUSTOM_DATA: object };
    expect(Object.keys(said.CUSTOM_DATA)).toHaveLength(10);
    expect(new Set(Object.values(said.CUSTOM_DATA))).toEqual(new Set(['😀'.repeat(128)]));
  });
});

describe('replies to Voicenter', () => {
  const bad: Verdict[] = [
    { kind: 'unreadable', reason: 'x' },
    { kind: 'refused', reason: 'x' },
    { kind: 'unavailable' },
  ];

  it.each(['ivr', 'layer'])('on %s, are a bare STATUS 1 for what went wrong, in kind', (route) => {
    for (const verdict of bad) {
      for (const asked of [undefined, question('menu'), question('layer')]) {
        const to = { route, settings: {}, ...(asked && { question: asked }) };
        expect(voicenter.reply(verdict, { ...to, format: 'form' })).toEqual({
          contentType: 'application/json',
          body: '{"STATUS":1}',
        });
        const xml = voicenter.reply(verdict, { ...to, format: 'xmlrpc' });
        expect(xml.contentType).toBe('text/xml');
        expect(readResponse(xml.body)).toEqual({ ok: true, value: { STATUS: 1 } });
      }
    }
  });

  it.each(['ivr', 'layer'])('on %s, are STATUS 0 to HANGUP_CALL, which asks nothing', (route) => {
    const to = { route, settings: {} };
    expect(voicenter.reply({ kind: 'accepted' }, { ...to, format: 'json' }).body).toBe('{"STATUS":0}');
    const xml = voicenter.reply({ kind: 'accepted' }, { ...to, format: 'xmlrpc' }).body;
    expect(xml).toContain('<name>STATUS</name><value><int>0</int></value>');
  });

  it('are no OK to a question that nobody answered', () => {
    const to = { route: 'ivr', format: 'json', settings: {}, question: question('menu') } as const;
    expect(voicenter.reply({ kind: 'accepted' }, to).body).toBe('{"STATUS":1}');
  });

  it('have integers and texts where the seed has them, in XML-RPC', () => {
    const { body } = rendered(
      answer({
        do: 'menu',
        menu: '16',
        prompts: [{ say: 'digits', digits: '0547' }],
        loops: 2,
        delaySeconds: 1,
        maxDigits: 4,
        confirm: true,
      }),
      'menu',
      'xmlrpc',
    );
    for (const name of ['STATUS', 'LOOP', 'DELAY', 'SIZE', 'VALIDATION']) {
      expect(body).toMatch(new RegExp(`<name>${name}</name><value><int>\\d</int>`));
    }
    for (const name of ['ACTION', 'LANGUAGE', 'REC', 'MENU', 'SAYDIGITSRECORD', 'DIGITS']) {
      expect(body).toMatch(new RegExp(`<name>${name}</name><value><string>\\w+</string>`));
    }
  });
});

const text = fc
  .string({ unit: fc.constantFrom('a', '7', 'ש', '😀', '&', '<', '"', '-', ' '), minLength: 1, maxLength: 8 })
  .map((each) => each.trim())
  .filter((each) => each !== '' && each !== '-1');
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary);
const small = fc.nat(99);
const digits = fc.stringMatching(/^\d{1,6}$/);
const recording: fc.Arbitrary<IvrPrompt> = text.map((name) => ({ say: 'recording', recording: name }));
const numbers: fc.Arbitrary<IvrPrompt> = digits.map((each) => ({ say: 'digits', digits: each }));
const anyPrompt: fc.Arbitrary<IvrPrompt> = fc.oneof(
  recording,
  numbers,
  fc.constantFrom<IvrPrompt>(
    { say: 'number', number: '42' },
    { say: 'number', number: '-1.5' },
    { say: 'date', date: '2024-06-01' },
    { say: 'dateTime', dateTime: '2024-06-01T10:00:00' },
  ),
);
const layerNext = fc
  .nat(1e6)
  .map((layer) => ({ to: String(layer), recording: null, loops: null, maxDigits: null, delaySeconds: null }));
const dialIn = (parts: Partial<Record<keyof IvrDialAction, fc.Arbitrary<unknown>>>) =>
  fc.record({
    do: fc.constant('dial'),
    targets: fc.array(fc.record({ type: fc.constantFrom('phone', 'extension'), target: text }), {
      minLength: 1,
      maxLength: 3,
    }),
    callerId: text,
    callerName: maybe(text),
    maxRingSeconds: fc.integer({ min: 1, max: 600 }),
    maxCallSeconds: fc.integer({ min: 1, max: 7200 }),
    record: fc.boolean(),
    callerRecording: fc.constant(null),
    targetRecording: fc.constant(null),
    musicClass: fc.constant(null),
    sendDigits: fc.constant(null),
    dialStrings: fc.constant([]),
    ifFailed: fc.constant(null),
    afterwards: fc.constant(null),
    ...parts,
  }) as fc.Arbitrary<IvrDialAction>;

const menuSayable = fc.record({
  do: fc.constant('menu' as const),
  menu: text,
  prompts: fc.oneof(
    fc.constant<IvrPrompt[]>([]),
    fc.tuple(recording),
    fc.tuple(numbers),
    fc.tuple(recording, numbers),
    fc.tuple(numbers, recording),
    fc.tuple(recording, numbers, recording),
  ),
  loops: small,
  delaySeconds: small,
  maxDigits: small,
  confirm: fc.boolean(),
});
const hangup = fc.record({ do: fc.constant('hangup' as const), recording: maybe(text), cause: maybe(small) });
const record = fc.record({
  do: fc.constant('record' as const),
  recording: maybe(text),
  maxSeconds: maybe(small),
});

/** Every answer that External IVR has words for. */
const inMenus: fc.Arbitrary<IvrAnswer> = fc.record({
  kind: fc.constant('ivr' as const),
  language: fc.constantFrom('he', 'en'),
  callerName: fc.constant(null),
  customData: fc.constant({}),
  action: fc.oneof<fc.Arbitrary<IvrAction>[]>(
    menuSayable,
    hangup,
    record,
    fc.record({
      do: fc.constant('layer' as const),
      layer: small,
      recording: maybe(text),
      loops: small,
      delaySeconds: small,
    }),
    dialIn({
      targets: fc.tuple(fc.record({ type: fc.constant('phone'), target: text })),
      callerRecording: maybe(text),
      targetRecording: maybe(text),
      musicClass: maybe(text),
      sendDigits: maybe(digits),
      dialStrings: fc.array(text, { maxLength: 2 }),
      ifFailed: maybe(
        fc.record({
          to: text,
          recording: maybe(text),
          loops: maybe(small),
          maxDigits: maybe(small),
          delaySeconds: maybe(small),
        }),
      ),
    }),
  ),
});

/** Every answer that a layer has words for. */
const inLayers: fc.Arbitrary<IvrAnswer> = fc
  .oneof<fc.Arbitrary<IvrAction>[]>(
    fc.record({
      do: fc.constant('layer' as const),
      layer: small,
      recording: fc.constant(null),
      loops: fc.constant(1),
      delaySeconds: fc.constant(0),
    }),
    fc.record({
      do: fc.constant('say' as const),
      prompts: fc.array(anyPrompt, { maxLength: 4 }),
      nextLayer: maybe(small),
      ifFailedLayer: maybe(small),
    }),
    fc
      .tuple(
        dialIn({ callerId: maybe(text), ifFailed: maybe(layerNext), afterwards: maybe(layerNext) }),
        maybe(layerNext),
      )
      .map(([dial, other]) =>
        other === null || other.to === dial.ifFailed?.to ? dial : { ...dial, ifUnanswered: other },
      ),
  )
  .chain((action) =>
    fc.record({
      kind: fc.constant('ivr' as const),
      action: fc.constant(action),
      language: action.do === 'say' ? maybe(fc.constantFrom('he', 'en', 'ru')) : fc.constant(null),
      callerName: action.do === 'dial' ? fc.constant(null) : maybe(text),
      customData: fc.dictionary(text, fc.oneof(text, fc.constant('')), { maxKeys: 10 }),
    }),
  );

/** Any answer at all. */
const anyAnswer: fc.Arbitrary<IvrAnswer> = fc.record({
  kind: fc.constant('ivr' as const),
  language: maybe(fc.constantFrom('he', 'en', 'ru')),
  callerName: maybe(text),
  customData: fc.dictionary(text, text, { maxKeys: 3 }),
  action: fc.oneof<fc.Arbitrary<IvrAction>[]>(
    inMenus.map(({ action }) => action),
    inLayers.map(({ action }) => action),
    fc.tuple(menuSayable, fc.array(anyPrompt)).map(([menu, prompts]) => ({ ...menu, prompts })),
    dialIn({
      callerId: maybe(text),
      targets: fc.constant([]),
      dialStrings: fc.array(text, { maxLength: 1 }),
    }),
    fc.constant({ do: 'fallback' as const }),
  ),
});

const formats = fc.constantFrom('json' as const, 'xmlrpc' as const);

describe('rendering and reading an answer', () => {
  it.each([
    ['menu', inMenus],
    ['layer', inLayers],
  ] as const)('gives back every answer that the protocol of a %s can say', (asks, sayable) => {
    fc.assert(
      fc.property(sayable, formats, (said, format) => {
        expect(understood(rendered(said, asks, format), asks)).toEqual({ ok: true, answer: said });
      }),
      { numRuns: 1500 },
    );
  });

  it('renders any answer at all as one that can be read', () => {
    const asked = fc.constantFrom('menu' as const, 'layer' as const);
    fc.assert(
      fc.property(anyAnswer, asked, formats, (said, asks, format) => {
        expect(understood(rendered(said, asks, format), asks).ok).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('agrees with our own JSON about what an answer is', () => {
    const own = answer({ do: 'layer', layer: 2, recording: null, loops: 1, delaySeconds: 0 });
    expect(readOwnIvrAnswer(JSON.parse(JSON.stringify(own)))).toEqual({ ok: true, answer: own });
  });
});

describe('asking a server that was written for Voicenter', () => {
  it('asks as the seed prints it', () => {
    const [asked] = [question('menu', { fromName: 'Dana', digits: '1', menu: 'main' })];
    const json = protocol().ask(asked, 'json');
    expect(json.contentType).toBe('application/json');
    expect(JSON.parse(json.body)).toEqual({
      METHOD: 'GET_IVR_ACTION',
      DATA: {
        DID: '0732793256',
        CALLER_ID: '0540000000',
        CALLER_NAME: 'Dana',
        IVR_UNIQUE_ID: 'a1',
        DTMF: '1',
        MENU: 'main',
        PREVIOUS_MENU: '-1',
      },
    });
    const layer = protocol().ask(question('layer', { menu: '8', previousMenu: '4', digits: '1' }), 'json');
    expect(JSON.parse(layer.body)).toMatchObject({
      METHOD: 'IVR_LAYER_INPUT',
      DATA: { LAYER_ID: 8, PREVIOUS_LAYER_ID: 4, DTMF: '1' },
    });
  });

  it('asks what it was asked itself, in either format', () => {
    const something = text.filter((each) => !isWordForNothing(each));
    const asked = fc.record({
      kind: fc.constant('ivr' as const),
      asks: fc.constantFrom('menu' as const, 'layer' as const),
      vendorCallId: fc.stringMatching(/^v[1-9a-z]\w{0,30}$/).filter((each) => !isWordForNothing(each)),
      from: text,
      fromName: maybe(something),
      did: text,
      menu: maybe(fc.oneof(something, digits)),
      previousMenu: maybe(fc.oneof(something, digits)),
      digits: maybe(digits),
    });
    fc.assert(
      fc.property(asked, formats, (given, format) => {
        expect(told(send(protocol().ask(given, format).body)).question).toEqual(given);
      }),
      { numRuns: 1000 },
    );
  });
});
