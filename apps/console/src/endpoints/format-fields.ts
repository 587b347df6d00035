/** What the formats that are no connectors let one set. Connectors have screens of their own. */
export interface FormatField {
  name: string;
  shape: 'text' | 'choice' | 'flag' | 'count' | 'body' | 'headers';
  choices?: readonly string[];
  byDefault?: string | boolean | number;
}

const choice = (name: string, ...choices: string[]): FormatField => ({
  name,
  shape: 'choice',
  choices,
  byDefault: choices[0] ?? '',
});
const text = (name: string, byDefault = ''): FormatField => ({ name, shape: 'text', byDefault });
const flag = (name: string, byDefault: boolean): FormatField => ({ name, shape: 'flag', byDefault });

const TIMES = [choice('epochs', 'local', 'utc'), text('timeZone', 'Asia/Jerusalem')];

export const FORMAT_FIELDS: Readonly<Record<string, readonly FormatField[]>> = {
  standard: [],
  voicenter: [
    choice('encoding', 'json', 'form', 'xmlrpc'),
    flag('cdr', true),
    flag('updates', false),
    text('popupUrl'),
    choice('popupEncoding', 'json', 'form', 'query'),
    text('ivrUrl'),
    choice('ivrEncoding', 'json', 'xmlrpc'),
    ...TIMES,
  ],
  voipnow: [text('organization')],
  globalex: [
    choice('encoding', 'query', 'form', 'json', 'xml'),
    text('incomingUrl'),
    text('endUrl'),
    text('domain'),
    text('domainName'),
    ...TIMES,
  ],
  zammad: [choice('encoding', 'json', 'form')],
  template: [
    choice('method', 'POST', 'GET', 'PUT', 'PATCH', 'DELETE'),
    text('url'),
    text('contentType', 'application/json'),
    { name: 'headers', shape: 'headers' },
    { name: 'body', shape: 'body', byDefault: '' },
  ],
  email: [{ name: 'mostPerHour', shape: 'count', byDefault: 30 }],
};

export const PLAIN_FORMATS = Object.keys(FORMAT_FIELDS);

export function isConnector(format: string): boolean {
  return !(format in FORMAT_FIELDS);
}
