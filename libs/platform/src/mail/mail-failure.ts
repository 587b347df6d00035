import type { Exchange } from '#domain';

/** What nodemailer's errors carry. */
export interface SmtpError extends Error {
  /** Its own word for what went wrong. */
  code?: string;
  /** The socket's. */
  originalCode?: string;
  /** The reply that was no yes, if there was one, with its code. */
  response?: string;
  responseCode?: number;
  /** What was answered: `CONN`, `MAIL FROM`, `RCPT TO`, `DATA`, or how we authenticate. */
  command?: string;
}

type Failure = Extract<Exchange, { kind: 'failed' }>;
type Answer = Extract<Exchange, { kind: 'answered' }>;

const MOST_KEPT = 16 * 1024;
/** Replies to these say something about the mail. Whatever else is answered with a no is between our server and us. */
const ABOUT_THE_MAIL: ReadonlySet<string> = new Set(['RCPT TO', 'DATA']);
const SENDER = 'MAIL FROM';
/** Must authenticate, must encrypt (RFC 4954, RFC 3207): said at any command, and no word about the mail. */
const ABOUT_US = 530;
/** From here on a reply is for good; those below, from 400, ask to come later. */
const FOR_GOOD = 500;

const CAUSE_OF_CODE: Readonly<Partial<Record<string, Failure['cause']>>> = {
  EDNS: 'dns',
  ETLS: 'tls',
  ETIMEDOUT: 'timeout',
  EPROTOCOL: 'protocol',
  ECONNECTION: 'reset',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
};
const TLS_CODE =
  /^(ERR_TLS|ERR_SSL|ERR_OSSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|HOSTNAME_MISMATCH|EPROTO$)/;

const SENTENCE: Readonly<Record<Failure['cause'], string>> = {
  timeout: 'The mail server did not answer in time',
  refused: 'The mail server did not accept the connection',
  reset: 'The mail server closed the connection before it had answered',
  dns: 'The name of the mail server does not resolve',
  tls: 'No secure connection to the mail server could be made',
  blocked: 'The mail server may not be reached',
  body_too_large: 'The mail server answered too much',
  protocol: 'The mail server answered something that is not SMTP',
  unknown: 'The mail could not be sent',
};

/** The text of a reply, as it is kept. */
export function replyText(response: string): string {
  return response.replace(/^\d{3}[ -]?/, '').slice(0, MOST_KEPT);
}

/**
 * Puts an error of the exchange with our mail server into what is kept of it. What the server says of the mail is an answer;
 * what it says of us, of our account or our sender, is a failure in our words: it is the operator's to put right, and its text
 * could hold what we showed it.
 */
export function exchangeOf(error: SmtpError): Failure | Answer {
  const { code = '', originalCode = '', response = '', responseCode, command = '' } = error;
  if (responseCode !== undefined && isAboutTheMail(command, responseCode)) {
    return { kind: 'answered', status: responseCode, headers: {}, body: replyText(response) };
  }
  const said = responseCode === undefined ? '' : ` (it answered ${responseCode})`;
  if (code === 'EAUTH' || code === 'ENOAUTH' || responseCode === ABOUT_US)
    return failed('unknown', `${NOT_LET_IN}${said}.`);
  if (command === SENDER) return failed('unknown', `${NO_SENDER}${said}.`);
  const cause = CAUSE_OF_CODE[originalCode] ?? (TLS_CODE.test(originalCode) ? 'tls' : CAUSE_OF_CODE[code]);
  return failed(cause ?? 'unknown', `${SENTENCE[cause ?? 'unknown']}${said}.`);
}

function isAboutTheMail(command: string, code: number): boolean {
  if (code === ABOUT_US) return false;
  return ABOUT_THE_MAIL.has(command) || (command === SENDER && code < FOR_GOOD);
}

const NOT_LET_IN = 'The mail server does not let this installation in; its operator has to look at SMTP_URL';
const NO_SENDER =
  'The mail server does not accept this installation as the sender; its operator has to look at MAIL_FROM';

export function failed(cause: Failure['cause'], message: string): Failure {
  return { kind: 'failed', cause, message };
}

/** Whether the connection itself gave way, before anything was said on it. */
export function isConnectionLost({ responseCode, code = '' }: SmtpError): boolean {
  return responseCode === undefined && (code === 'ECONNECTION' || code === 'ESOCKET');
}
