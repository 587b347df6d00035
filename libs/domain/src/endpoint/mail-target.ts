/** Whom an e-mail endpoint writes to, as its URL says it: `mailto:ops@example.com,night@example.com`. */
export type MailTarget =
  | { ok: true; recipients: readonly string[]; url: string }
  /** One sentence for the tenant that says what to change. */
  | { ok: false; reason: string };

const SCHEME = /^mailto:/i;
const WRITTEN_LIKE = 'The URL of an e-mail endpoint is written like mailto:ops@example.com.';
const MOST_RECIPIENTS = 5;
const LONGEST_SHOWN = 100;
const LONGEST_LOCAL = 64;
const LONGEST_DOMAIN = 253;
/**
 * What people's addresses are made of, and less than RFC 5321 allows: nothing that would have to be quoted in a header or
 * encoded in a URL, so an address is the same text everywhere and cannot become anything else. Nor what a mail server on its
 * way may take for more than a name: a leading `-` is an option to whatever program it is handed to, `!` and `/` are ways
 * through other hosts and to files.
 */
const LOCAL = /^(?!-)[a-z0-9$'*+=_~-]+(\.[a-z0-9$'*+=_~-]+)*$/i;
/** A name with a dot in it, no address literal: the mail server must not be made to look around in its network. */
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$/i;

/**
 * Reads the URL of an e-mail endpoint. Parameters, which RFC 6068 knows (`?subject=`, `?bcc=`), are refused: what is written
 * and to whom is not said in two places.
 *
 * @returns the addresses, each once, and the URL as it is kept
 */
export function readMailTarget(text: string): MailTarget {
  if (!SCHEME.test(text)) return no(WRITTEN_LIKE);
  if (/^mailto:\s*\//i.test(text)) return no(`${WRITTEN_LIKE} No slash follows the colon.`);
  const given = text
    .slice('mailto:'.length)
    .split(',')
    .map((one) => one.trim());
  const wrong = given.find((one) => !isMailAddress(one));
  if (wrong !== undefined)
    return no(`"${wrong.slice(0, LONGEST_SHOWN)}" is no e-mail address that can be written to.`);
  const recipients = [...new Set(given.map(withPlainDomain))];
  if (recipients.length > MOST_RECIPIENTS)
    return no(`At most ${MOST_RECIPIENTS} addresses can be written to.`);
  return { ok: true, recipients, url: `mailto:${recipients.join(',')}` };
}

/** Whether this is the address of one mailbox, without a name beside it: `ops@example.com`. */
export function isMailAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  const [local, domain] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
  if (local.length > LONGEST_LOCAL || domain.length > LONGEST_DOMAIN) return false;
  return LOCAL.test(local) && DOMAIN.test(domain);
}

/** Domains are the same in capitals; what is in front of the `@` need not be. */
function withPlainDomain(address: string): string {
  const at = address.lastIndexOf('@');
  return address.slice(0, at) + address.slice(at).toLowerCase();
}

function no(reason: string): MailTarget {
  return { ok: false, reason };
}
