/** Every answer that Voicenter's documents print to what it tells and asks, byte for byte but for its layout. */
import { readFileSync } from 'node:fs';
import type { PopupAnswer } from '#domain';
import { messageOf } from '../conformance/record-of.js';
import type { DialectSettings, Verdict } from '../dialect.js';
import { voicenter } from './voicenter.js';

const fixture = (path: string) => readFileSync(new URL(`./fixtures/${path}`, import.meta.url));

/** What is answered to an example, as the one who sent it asked. */
function replyTo(path: string, verdict: Verdict, settings: DialectSettings = {}): string {
  const message = messageOf(path, fixture(path));
  const reading = voicenter.read(message, settings);
  const question = reading.ok ? reading.question : undefined;
  const to = { route: message.route, format: reading.format, settings, ...(question && { question }) };
  return voicenter.reply(verdict, to).body;
}

/** Indentation and line breaks are the print's, and the prolog may name the encoding. */
function withoutLayout(document: string): string {
  return document.startsWith('<')
    ? document.replace(/<\?[^>]*\?>/, '').replace(/\s+(?=<)|(?<=>)\s+/g, '')
    : JSON.stringify(JSON.parse(document));
}

const OK: Verdict = { kind: 'accepted' };
const known = (company: string, url: string): Verdict => {
  const answer: PopupAnswer = { kind: 'popup', total: 1, contact: { name: 'John Doe', company }, url };
  return { kind: 'accepted', answer };
};

const REPLIES: [name: string, to: string, reply: string, verdict: Verdict, settings: DialectSettings][] = [
  [
    'seed 003 "POP UP Screen", step 3',
    'popup/seed-example.query',
    'popup/seed.json',
    known('Voicenter', 'http://www.yourdomain.com/contact_search.asp?user_phone=0722776772'),
    { totalSpelling: 'string' },
  ],
  [
    'sample popup.response_known',
    'popup/sample-ringing.json',
    'popup/sample-known.json',
    known('Acme Corp', 'https://yourcrm.com/contacts/12345'),
    {},
  ],
  [
    'seed 003 "CDR Notification", XML-RPC, valid response',
    'cdr/seed-example.xml',
    'cdr/seed-valid.xml',
    OK,
    {},
  ],
  [
    'seed 003 "CDR Notification", XML-RPC, error example, its elements mended',
    'cdr/seed-example.xml',
    'cdr/seed-error.xml',
    { kind: 'refused', reason: 'Some error description' },
    {},
  ],
  [
    'seed 003 "CDR Notification", JSON, expected response',
    'cdr/seed-example.json',
    'cdr/seed-expected.json',
    OK,
    { errSpelling: 'string' },
  ],
  [
    'sample cdr_notification.response',
    'cdr/outgoing.json',
    'cdr/sample.json',
    OK,
    { errSpelling: 'capitalised' },
  ],
  [
    'seed 003 "External IVR", HANGUP_CALL, XML-RPC response, its last element mended',
    'ivr/seed-hangup-call.xml',
    'hangup-call/seed.xml',
    OK,
    {},
  ],
  [
    'seed 003 "External IVR", HANGUP_CALL, JSON response',
    'ivr/seed-hangup-call.json',
    'hangup-call/seed.json',
    OK,
    {},
  ],
  [
    'sample external_layer.error',
    'layer/sample.json',
    'layer/sample-error.json',
    {
      kind: 'accepted',
      answer: { kind: 'ivr', action: { do: 'fallback' }, language: null, callerName: null, customData: {} },
    },
    {},
  ],
];

describe("Voicenter's answers", () => {
  it.each(REPLIES)('%s', (_name, ...example) => {
    const [to, reply, verdict, settings] = example;
    expect(withoutLayout(replyTo(to, verdict, settings))).toBe(
      withoutLayout(fixture(`replies/${reply}`).toString()),
    );
  });

  it('sample popup.response_unknown, with an empty company', () => {
    const sample = JSON.parse(fixture('replies/popup/sample-unknown.json').toString()) as { URL: string };
    const answer: PopupAnswer = { kind: 'popup', total: 0, contact: null, url: sample.URL };
    const reply = replyTo('popup/sample-legacy.query', { kind: 'accepted', answer });
    expect(reply).toBe(JSON.stringify({ ...sample, COMPANY: '' }));
  });

  it.each([
    [0, 'OK', OK],
    [1, 'Parse error', { kind: 'unreadable', reason: 'no id' }],
    [2, 'Application error', { kind: 'refused', reason: 'Application error' }],
  ] as const)('sample cdr_notification.response_codes: %d %s', (err, errdesc, verdict) => {
    expect(replyTo('cdr/outgoing.json', verdict)).toBe(JSON.stringify({ err, errdesc }));
  });
});

/** A tenant's own server answers as the documents do, and Voicenter is told the same in the format in which it asked. */
describe('the answers of a server that was written for Voicenter, passed on to Voicenter', () => {
  const REQUESTS = { ivr: 'ivr/seed-get-ivr-action', layer: 'layer/seed-layer-input' };

  it.each([
    ['seed 003 "External IVR", MENU, XML-RPC', 'ivr/menu.xml', 'MENU'],
    ['seed 003 "External IVR", MENU, JSON', 'ivr/menu.json', 'MENU'],
    ['seed 003 "External IVR", CALL, XML-RPC', 'ivr/call.xml', 'CALL'],
    ['seed 003 "External IVR", CALL, JSON', 'ivr/call.json', 'CALL'],
    ['seed 003 "External IVR", HANGUP, XML-RPC', 'ivr/hangup.xml', 'HANGUP'],
    ['seed 003 "External IVR", HANGUP, JSON', 'ivr/hangup.json', 'HANGUP'],
    ['seed 003 "External IVR", SAYDIGITS, XML-RPC', 'ivr/saydigits.xml', 'SAYDIGITS'],
    ['seed 003 "External IVR", SAYDIGITS, JSON', 'ivr/saydigits.json', 'SAYDIGITS'],
    ['seed 003 "External IVR", VO of the table', 'ivr/vo.json', 'VO'],
    ['seed 003 "External IVR", SILENTRECORD of the table', 'ivr/silentrecord.json', 'SILENTRECORD'],
    ['seed 003 "External Layer IVR", go to layer', 'layer/seed-go-to-layer.json', 'GO_TO_LAYER'],
    ['seed 003 "External Layer IVR", dial', 'layer/seed-dial.json', 'DIAL'],
    ['sample external_layer.go_to_layer', 'layer/sample-go-to-layer.json', 'GO_TO_LAYER'],
    ['sample external_layer.say_digits', 'layer/sample-say-digits.json', 'SAY_DIGITS'],
    ['sample external_layer.dial', 'layer/sample-dial.json', 'DIAL'],
  ])('%s: the same answer, read again', (_name, file, action) => {
    const kind = file.startsWith('layer') ? 'layer' : 'ivr';
    const path = REQUESTS[kind] + (file.endsWith('.xml') ? '.xml' : '.json');
    const reading = voicenter.read(messageOf(path, fixture(path)), {});
    const question = reading.ok && reading.question?.kind === 'ivr' ? reading.question : undefined;
    if (question === undefined || voicenter.ivr === undefined) throw new Error('no question');
    const { readAnswer } = voicenter.ivr;
    const said = readAnswer({ contentType: undefined, body: fixture(`replies/${file}`) }, question);
    if (!said.ok) throw new Error(said.reason);
    const reply = replyTo(path, { kind: 'accepted', answer: said.answer });
    expect(reply).toContain(action);
    expect(reply.startsWith('<')).toBe(file.endsWith('.xml'));
    expect(readAnswer({ contentType: undefined, body: Buffer.from(reply) }, question)).toEqual(said);
  });
});
