/** Whatever text somebody could read out of a request, for whoever looks for something in it: all readings, not the best one. */
import { decodeText } from './charset/decode-text.js';
import { unpackBody } from './body/unpack-body.js';

export interface KeptRequest {
  /** As kept, a character a byte. */
  query: string;
  headers: Readonly<Record<string, string | undefined>>;
  body: Uint8Array;
  /** Bytes behind the announced length. */
  surplus: Uint8Array | null;
  /** The PBX's, ISO 3166-1 alpha-2. */
  country: string;
}

/** Escapes in base64 in a form in JSON: more than anybody does. */
const MOST_LAYERS = 4;
/** Of one request; each may be a part of another. */
const MOST_TEXTS = 2_000;
const CHARSET = /\bcharset\s*=\s*["']?([\w.:-]+)/i;
const BASE64 = /[A-Za-z0-9+/_-]{16,}={0,2}/g;
const CONTROL = /[\0-\x08\x0e-\x1f]/; // eslint-disable-line no-control-regex
const PERCENT = /(?:%[0-9A-Fa-f]{2})+|%u([0-9A-Fa-f]{4})/g;
const JSON_ESCAPE = /\\(?:u([0-9A-Fa-f]{4})|([tnr"\\/]))/g;
const ENTITY = /&#(?:x([0-9A-Fa-f]{1,6})|(\d{1,7}));/g;
const QUOTED = /=(?:([0-9A-Fa-f]{2})|\r?\n)/g;
const MOST_CODE = 0x10ffff;

export function textsIn({ query, headers, body, surplus, country }: KeptRequest): string[] {
  const charset = CHARSET.exec(headers['content-type'] ?? '')?.[1];
  const hints = { charset, country };
  const found = new Set<string>();
  const bytesRead = (bytes: Uint8Array, encoding?: string): void => {
    const unpacked = unpackBody(bytes, encoding);
    for (const some of [bytes, ...(unpacked.ok && unpacked.bytes !== bytes ? [unpacked.bytes] : [])]) {
      read(decodeText(some, hints), 0, found);
      // Bytes that are damaged as a whole still hold what they hold.
      read(Buffer.from(some).toString('latin1'), 0, found);
    }
  };
  read(query, 0, found);
  read(Object.values(headers).join('\n'), 0, found);
  bytesRead(body, headers['content-encoding']);
  if (surplus && surplus.length > 0) bytesRead(surplus, headers['content-encoding']);
  return [...found];
}

function read(text: string, layer: number, found: Set<string>): void {
  if (text === '' || found.has(text) || found.size >= MOST_TEXTS) return;
  found.add(text);
  if (layer === MOST_LAYERS) return;
  for (const further of [percentRead, escapesRead, entitiesRead, quotedRead]) {
    read(further(text), layer + 1, found);
  }
  for (const [piece] of text.matchAll(BASE64)) {
    const opened = openedBase64(piece);
    if (opened !== undefined) read(opened, layer + 1, found);
  }
}

function openedBase64(piece: string): string | undefined {
  const bytes = Buffer.from(piece, 'base64');
  const unpacked = unpackBody(bytes, undefined);
  if (!unpacked.ok) return undefined;
  const text = decodeText(unpacked.bytes, {});
  return CONTROL.test(text) ? undefined : text;
}

const percentRead = (text: string): string =>
  text.replace(PERCENT, (run, code: string | undefined) =>
    code === undefined
      ? Buffer.from(run.replaceAll('%', ''), 'hex').toString('utf8')
      : String.fromCharCode(Number.parseInt(code, 16)),
  );

const BY_LETTER: Record<string, string> = { t: '\t', n: '\n', r: '\r' };
const escapesRead = (text: string): string =>
  text.replace(JSON_ESCAPE, (_, code: string | undefined, letter: string | undefined) =>
    code === undefined
      ? (BY_LETTER[letter ?? ''] ?? letter ?? '')
      : String.fromCharCode(Number.parseInt(code, 16)),
  );

const entitiesRead = (text: string): string =>
  text.replace(ENTITY, (whole, hex: string | undefined, decimal: string | undefined) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > MOST_CODE ? whole : String.fromCodePoint(code);
  });

const quotedRead = (text: string): string =>
  text.replace(QUOTED, (_, code: string | undefined) =>
    code === undefined ? '' : String.fromCharCode(Number.parseInt(code, 16)),
  );
