/** What our formats write of names that nobody foresaw, read by Python's own parsers. */
import { readParty, type CallView } from '#domain';
import { formatNamed, type OutgoingMessage, type ToldEvent } from '#formats';
import { sampleCall } from '../../apps/api/endpoints/sample-call.js';
import { newId } from '#platform';
import { instant } from '#domain';
import { readByPython, type FieldsIn } from '../harness/read-by-python.js';
import { withProgram } from '../harness/with-program.js';

const URL_OF_CRM = 'https://crm.example/hook?mine=1';
/** Each with what is left of it where XML has no way to write the rest. */
const NAMES: readonly [name: string, inXml: string][] = [
  ['דנה לוי & בנים', 'דנה לוי & בנים'],
  ['a<b>"c"\'d\'&amp;', 'a<b>"c"\'d\'&amp;'],
  ['1+1=2;50%#?/\\', '1+1=2;50%#?/\\'],
  ['bell\u0007 null\u0001 esc\u001b', 'bell null esc'],
  ['non\ufffecharacter\uffff', 'noncharacter'],
  ['😀 ｆｕｌｌ ٣', '😀 ｆｕｌｌ ٣'],
  ['two\nlines\tand tabs', 'two\nlines\tand tabs'],
  [']]> <!-- --> <?x?>', ']]> <!-- --> <?x?>'],
  ['{{ data.id }} ${x} {callid}', '{{ data.id }} ${x} {callid}'],
];

const rows = (method: string) => [0, 1, 2, 3, 4].map((kind) => ({ kind, method, url: URL_OF_CRM }));
const template = (contentType: string, body: string) => ({ contentType, body });
const NOT_CDR = { cdr: false, popupUrl: URL_OF_CRM };

/** Where each has the caller's, the queue's or the agent's name. */
const CASES: readonly [format: string, settings: object, how: FieldsIn, field: string][] = [
  ['voicenter', { encoding: 'json' }, 'json', 'queuename'],
  ['voicenter', { encoding: 'form' }, 'form', 'queuename'],
  ['voicenter', { encoding: 'xmlrpc' }, 'xmlrpc', 'queuename'],
  ['voicenter', { ...NOT_CDR, popupEncoding: 'json' }, 'json', 'callerName'],
  ['voicenter', { ...NOT_CDR, popupEncoding: 'form' }, 'form', 'callerName'],
  ['voicenter', { ...NOT_CDR, popupEncoding: 'query' }, 'query', 'callerName'],
  ['voipnow', { rows: rows('GET') }, 'query', 'CallerIDName'],
  ['voipnow', { rows: rows('POST') }, 'form', 'CallerIDName'],
  ['globalex', { encoding: 'query' }, 'query', 'queuename'],
  ['globalex', { endUrl: 'https://crm.example/?q={queuename}' }, 'query', 'q'],
  ['globalex', { encoding: 'form' }, 'form', 'queuename'],
  ['globalex', { encoding: 'json' }, 'json', 'queuename'],
  ['globalex', { encoding: 'xml' }, 'xml', 'queuename'],
  ['zammad', {}, 'json', 'user'],
  ['zammad', { encoding: 'form' }, 'form', 'user'],
  ['template', template('application/json', '{"name": "{{ data.queue.name }}"}'), 'json', 'name'],
  ['template', template('application/x-www-form-urlencoded', 'name={{ data.queue.name }}'), 'form', 'name'],
  ['template', template('text/xml', '<c><name>{{ data.queue.name }}</name></c>'), 'xml', 'name'],
];

function callNamed(name: string): CallView {
  const sample = sampleCall(instant(Date.UTC(2026, 10, 21, 9, 30)), { call: newId(), connection: newId() });
  return {
    ...sample,
    from: readParty('0501234567', 'IL'),
    queue: { id: '7', name },
    agent: { code: '1', name },
    raw: { CallerIDName: name, nothing: null },
    customData: { [name]: name, none: null },
  };
}

function lastTold(format: string, settings: object, name: string): OutgoingMessage {
  const prepared = formatNamed(format)?.prepare(settings);
  if (prepared?.ok !== true) throw new Error(JSON.stringify(prepared));
  const event: ToldEvent = {
    id: newId(),
    type: 'call.ended',
    sequence: 1,
    occurredAt: instant(Date.UTC(2026, 10, 21, 9, 30)),
    payload: JSON.stringify(callNamed(name)),
  };
  const writing = prepared.writer.write(event, URL_OF_CRM);
  const message = writing.kind === 'messages' ? writing.messages.at(-1) : undefined;
  if (message === undefined) throw new Error('nothing was written');
  return message;
}

const HEADERS = { 'webhook-id': 'm', 'webhook-timestamp': '0' };

describe('names that nobody foresaw', () => {
  withProgram('python3').each(CASES)('in %s %j are read in %s as %s', (format, settings, how, field) => {
    const read = readByPython(
      NAMES.map(([name]) => {
        const { url, body } = lastTold(format, settings, name);
        return { how, path: url, headers: HEADERS, body: body ?? '', secret: 'whsec_AAAA' };
      }),
    );
    const inXml = how === 'xml' || how === 'xmlrpc';
    expect(read.map(({ fields }) => fields[field])).toEqual(
      NAMES.map(([name, left]) => (inXml ? left : name)),
    );
  });

  it('are no type that XML-RPC itself does not have', () => {
    const { body } = lastTold('voicenter', { encoding: 'xmlrpc' }, 'x');
    expect(body).not.toContain('<nil/>');
  });
});
