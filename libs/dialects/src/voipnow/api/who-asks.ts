/** A client that wants a token (RFC 6749, section 2.3.1), or the bearer of one (RFC 6750, section 2). */
import type { AskedFields } from '../../content/asked-fields.js';
import type { AskedRequest, Presented } from '../../facade.js';

const BASIC = /^basic\s+([\w+/=-]+)\s*$/i;
const BEARER = /^bearer\s+(\S+)\s*$/i;

type Asked = Pick<AskedRequest, 'headers'>;

export function whoseToken({ headers }: Asked, fields: AskedFields): Presented {
  // Seen in public clients: the token as a parameter.
  const token =
    BEARER.exec(headers['authorization'] ?? '')?.[1] ?? fields.text('accessrequesttoken', 'access_token');
  return token === null ? { kind: 'none' } : { kind: 'bearer', token };
}

export function isBasic({ headers }: Asked): boolean {
  return BASIC.test(headers['authorization'] ?? '');
}

/** The header counts before the body. */
export function whichClient({ headers }: Asked, fields: AskedFields): Presented {
  const encoded = BASIC.exec(headers['authorization'] ?? '')?.[1];
  if (encoded !== undefined) {
    const text = Buffer.from(encoded, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    if (colon < 1) return { kind: 'none' };
    return { kind: 'client', id: unescaped(text.slice(0, colon)), secret: unescaped(text.slice(colon + 1)) };
  }
  const [id, secret] = [fields.text('client_id'), fields.text('client_secret')];
  return id === null || secret === null ? { kind: 'none' } : { kind: 'client', id, secret };
}

/** Both halves are escaped as in a form; by clients that do not know it they are as they are. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
