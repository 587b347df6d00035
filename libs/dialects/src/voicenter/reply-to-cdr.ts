/** The answer to a CDR notification (seed section 4, "CDR response parameters"): 0 OK, 1 parse error, 2 application error. */
import type { DialectSettings, Reply, ReplyTo, Verdict } from '../dialect.js';
import { writeResponse } from '../xmlrpc/write-message.js';

/**
 * How a JSON answer is spelled, as the vendor's own pages differ: `number` `{"err":0,"errdesc":"OK"}`, `string` with
 * `"err":"0"` as the seed prints it, `capitalised` `{"Err":0,"Errdesc":"OK"}` as its newer samples do.
 */
type ErrSpelling = 'number' | 'string' | 'capitalised';

const SPELLERS: Record<ErrSpelling, (err: number, errdesc: string) => unknown> = {
  number: (err, errdesc) => ({ err, errdesc }),
  string: (err, errdesc) => ({ err: String(err), errdesc }),
  capitalised: (err, errdesc) => ({ Err: err, Errdesc: errdesc }),
};

/** A form has no way to be answered in kind: JSON is what the vendor documents beside XML-RPC. */
export function replyToCdr(verdict: Verdict, { format, settings }: ReplyTo): Reply {
  const { err, errdesc } = answerTo(verdict);
  if (format === 'xmlrpc') return { contentType: 'text/xml', body: writeResponse({ err, errdesc }) };
  const spell = SPELLERS[spellingIn(settings)];
  return { contentType: 'application/json', body: JSON.stringify(spell(err, errdesc)) };
}

/** The reason of a parse error is for the tenant, who finds it with the receipt; the vendor gets its own words. */
function answerTo(verdict: Verdict): { err: number; errdesc: string } {
  switch (verdict.kind) {
    case 'accepted':
      return { err: 0, errdesc: 'OK' };
    case 'unreadable':
      return { err: 1, errdesc: 'Parse error' };
    case 'refused':
      return { err: 2, errdesc: verdict.reason };
    case 'unavailable':
      return { err: 2, errdesc: 'Temporarily unavailable, please send it again.' };
  }
}

function spellingIn(settings: DialectSettings): ErrSpelling {
  const spelling = settings['errSpelling'];
  return spelling === 'string' || spelling === 'capitalised' ? spelling : 'number';
}
