/** A request as a person has it at hand. */
export interface Sample {
  method: 'GET' | 'POST';
  /** The last part of the path that it was sent to; undefined where nobody says. */
  route: string | undefined;
  /** Without the question mark. */
  query: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
}

/**
 * Reads what a person pastes: a whole request as it goes over the line, a `curl` command as manuals have it, or the body
 * alone. Of a body alone the kind is guessed, as it is for a `curl` that says none.
 */
export function readSample(pasted: string): Sample {
  const text = pasted.replaceAll('\r\n', '\n').trim();
  const sample = /^curl\s/i.test(text) ? ofCurl(text) : (ofRequest(text) ?? ofBody(text));
  if (sample.body !== '' && sample.headers['content-type'] === undefined) {
    sample.headers['content-type'] = kindOf(sample.body);
  }
  return sample;
}

function ofBody(body: string): Sample {
  return { method: 'POST', route: undefined, query: '', headers: {}, body };
}

function ofRequest(text: string): Sample | undefined {
  const [first = '', ...rest] = text.split('\n');
  const line = /^(GET|POST|PUT)\s+(\S+)(\s+HTTP\/[\d.]+)?\s*$/i.exec(first);
  if (line === null) return undefined;
  const blank = rest.indexOf('');
  const head = blank < 0 ? rest : rest.slice(0, blank);
  const body = blank < 0 ? '' : rest.slice(blank + 1).join('\n');
  return {
    method: line[1]?.toUpperCase() === 'GET' ? 'GET' : 'POST',
    ...addressOf(line[2] ?? ''),
    headers: headersOf(head),
    body,
  };
}

function headersOf(lines: readonly string[]): Record<string, string> {
  const pairs = lines.flatMap((line) => {
    const [, name = '', value = ''] = /^([^:\s]+)\s*:\s*(.*)$/.exec(line) ?? [];
    return name === '' ? [] : [[name.toLowerCase(), value.trim()] as const];
  });
  return Object.fromEntries(pairs);
}

function addressOf(address: string): Pick<Sample, 'route' | 'query'> {
  const [path = '', query = ''] = address.split('?', 2);
  const route = path
    .replace(/^[a-z]+:\/\/[^/]*/i, '')
    .split('/')
    .findLast((part) => part !== '');
  return { route, query };
}

const DATA = new Set([
  '-d',
  '--data',
  '--data-raw',
  '--data-ascii',
  '--data-binary',
  '--data-urlencode',
  '--json',
]);
const WITH_VALUE = new Set(['-X', '--request', '-H', '--header', '-u', '--user', '-A', '--user-agent', '-o']);

function ofCurl(text: string): Sample {
  const words = wordsOf(text.replaceAll('\\\n', ' ')).slice(1);
  const headers: string[] = [];
  const data: string[] = [];
  let method: string | undefined;
  let address = '';
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const takes = DATA.has(word) || WITH_VALUE.has(word);
    const value = takes ? (words[(index += 1)] ?? '') : '';
    if (DATA.has(word)) data.push(value);
    else if (word === '-X' || word === '--request') method = value.toUpperCase();
    else if (word === '-H' || word === '--header') headers.push(value);
    else if (!takes && !word.startsWith('-')) address = word;
  }
  const body = data.join('&');
  return {
    method: method === undefined ? (body === '' ? 'GET' : 'POST') : method === 'GET' ? 'GET' : 'POST',
    ...addressOf(address),
    headers: headersOf(headers),
    body,
  };
}

/** As a shell parts a line. */
function wordsOf(line: string): string[] {
  const words = line.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/gs) ?? [];
  return words.map((word) =>
    word.replace(
      /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gs,
      (_, single?: string, double?: string, one?: string) =>
        single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? one ?? '',
    ),
  );
}

function kindOf(body: string): string {
  if (/^\s*[[{]/.test(body)) return 'application/json';
  return /^\s*</.test(body) ? 'application/xml' : 'application/x-www-form-urlencoded';
}
