import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { mailSetupOf, type MailSetup } from '#platform';

/** Certificate of its own, for 127.0.0.1; made with OpenSSL, valid from 2024 to 2124. */
export const MAIL_CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBYzCCAQqgAwIBAgIBATAKBggqhkjOPQQDAjATMREwDwYDVQQDDAhjcm0udGVz
dDAgFw0yNDAxMDEwMDAwMDBaGA8yMTI0MDEwMTAwMDAwMFowEzERMA8GA1UEAwwI
Y3JtLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAR2bhQFvEd6AT0zprF9
V91BSlBYrJTr565VQqFsoZuHY6ks4OpRq7msXB/4AqKsv3Je6ap9QY8TY/6Z//kx
yyWeo00wSzAZBgNVHREEEjAQgghjcm0udGVzdIcEfwAAATAPBgNVHRMBAf8EBTAD
AQH/MB0GA1UdDgQWBBRB+8klusubIUz0Q43STGNk0shJnjAKBggqhkjOPQQDAgNH
ADBEAiAiZh9feHAGEeahefNUCqvJiIarNG7SMOVi9OPg7Bq15QIgEAd91fiMek1R
cHGebCpALii9qO1FQ3LyI157wk0PDag=
-----END CERTIFICATE-----
`;
const KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgotUkjk4umqMXf7bv
qRBtwxXGGN/ljyGULiYksXsBNayhRANCAAR2bhQFvEd6AT0zprF9V91BSlBYrJTr
565VQqFsoZuHY6ks4OpRq7msXB/4AqKsv3Je6ap9QY8TY/6Z//kxyyWe
-----END PRIVATE KEY-----
`;

export const MAIL_USER = 'hook';
export const MAIL_PASSWORD = 'open:sesame';

/** `hang` takes the text and never answers, `hang-up` leaves instead of answering, a no has the command that it answers. */
export type MailAnswer =
  'take' | 'hang' | 'hang-up' | { at: 'MAIL FROM' | 'RCPT TO' | 'DATA'; code: number; text: string };

/** One mail that was taken, as it came. */
export interface SeenMail {
  from: string;
  to: string[];
  /** Names in lower case, decoded, without folds. A name that came twice has both values, with a line break between. */
  headers: Record<string, string>;
  /** Decoded. */
  text: string;
  raw: string;
}

export interface MailServerOptions {
  /** Wants this certificate's TLS before anything else (`implicit`), offers it, or has none. */
  tls?: 'implicit' | 'offered' | 'none';
  /** Wants to be shown the account. */
  needsAccount?: boolean;
}

/** A real SMTP server that answers by a script. */
export class MailServer {
  readonly taken: SeenMail[] = [];
  /** Transactions that were begun, connections that were opened, and those that are open. */
  begun = 0;
  connections = 0;
  open = 0;
  /** What came as account and password, right or wrong. */
  readonly shown: string[] = [];
  /** Of each mail that was begun, whether it came encrypted. */
  readonly secured: boolean[] = [];
  private answers: MailAnswer[] = [];
  private server: SMTPServer | undefined;
  private current: MailAnswer = 'take';

  private constructor(private readonly options: MailServerOptions) {}

  static async open(options: MailServerOptions = {}): Promise<MailServer> {
    const mail = new MailServer(options);
    await mail.start();
    return mail;
  }

  /** From now on, one a mail; when they are used up it takes. */
  play(...answers: MailAnswer[]): void {
    this.answers = answers;
  }

  get port(): number {
    return (this.server?.server.address() as AddressInfo).port;
  }

  /** What an operator who uses this server has set. */
  setup(url = `smtp://127.0.0.1:${this.port}?tls=none`): MailSetup {
    return mailSetupOf({ SMTP_URL: url, MAIL_FROM: 'Switchhook <hook@mail.example>' });
  }

  /** As a server does with clients that it wants to be rid of. */
  closeConnections(): void {
    // Not their sockets: a TLS connection that is torn down from below crashes Node.
    for (const connection of this.server?.connections ?? []) connection.close();
  }

  stop(): Promise<void> {
    this.closeConnections();
    return new Promise((resolve) => {
      if (this.server === undefined) resolve();
      else this.server.close(() => resolve());
    });
  }

  private start(): Promise<void> {
    const server = new SMTPServer(this.handlers());
    // A client that leaves in the middle is what some tests are about.
    server.on('error', () => undefined);
    this.server = server;
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve());
    });
  }

  private handlers(): SMTPServerOptions {
    const { tls = 'offered', needsAccount = false } = this.options;
    return {
      key: KEY,
      cert: MAIL_CERTIFICATE,
      secure: tls === 'implicit',
      hideSTARTTLS: tls === 'none',
      disabledCommands: [...(needsAccount ? [] : ['AUTH']), ...(tls === 'none' ? ['STARTTLS'] : [])],
      allowInsecureAuth: true,
      disableReverseLookup: true,
      closeTimeout: 100,
      onConnect: (_session, done) => {
        this.connections += 1;
        this.open += 1;
        done();
      },
      onClose: () => {
        this.open -= 1;
      },
      onAuth: ({ username, password }, _session, done) => {
        this.shown.push(`${username ?? ''} ${password ?? ''}`);
        const known = username === MAIL_USER && password === MAIL_PASSWORD;
        // As impolite as can be: it says what it was shown.
        done(known ? null : no(535, `no such account ${username ?? ''} ${password ?? ''}`), {
          user: username,
        });
      },
      onMailFrom: (_address, session, done) => {
        this.begun += 1;
        this.secured.push(session.secure);
        this.current = this.answers.shift() ?? 'take';
        if (this.current === 'hang-up') this.closeConnections();
        else done(this.noAt('MAIL FROM'));
      },
      onRcptTo: (_address, _session, done) => done(this.noAt('RCPT TO')),
      onData: (stream, session, done) => {
        const take = (bytes: Buffer) => {
          if (this.current === 'hang') return;
          const refusal = this.noAt('DATA');
          if (refusal === null) this.taken.push(seen(bytes.toString('utf8'), session.envelope));
          done(refusal, 'queued as 42');
        };
        // A client may leave in the middle of its text.
        buffer(stream).then(take, () => undefined);
      },
    };
  }

  private noAt(command: string): Error | null {
    const { current } = this;
    return typeof current === 'object' && current.at === command ? no(current.code, current.text) : null;
  }
}

function no(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode });
}

function seen(
  raw: string,
  { mailFrom, rcptTo }: { mailFrom: false | { address: string }; rcptTo: { address: string }[] },
): SeenMail {
  const end = raw.indexOf('\r\n\r\n');
  const lines = raw
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const name = line.slice(0, line.indexOf(':')).toLowerCase();
    const value = decodeWords(line.slice(line.indexOf(':') + 1).trim());
    headers[name] = name in headers ? `${headers[name]}\n${value}` : value;
  }
  const text = decodeBody(raw.slice(end + 4), headers['content-transfer-encoding']);
  return {
    from: mailFrom === false ? '' : mailFrom.address,
    to: rcptTo.map(({ address }) => address),
    headers,
    text,
    raw,
  };
}

/** RFC 2047. */
function decodeWords(value: string): string {
  return value
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_word, encoding: string, text: string) =>
      encoding.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString('utf8')
        : quotedPrintable(text.replaceAll('_', ' ')),
    );
}

function decodeBody(body: string, encoding: string | undefined): string {
  const text = encoding === 'base64' ? Buffer.from(body, 'base64').toString('utf8') : body;
  return (encoding === 'quoted-printable' ? quotedPrintable(text) : text).replaceAll('\r\n', '\n');
}

function quotedPrintable(text: string): string {
  const joined = text.replaceAll(/=\r?\n/g, '');
  const bytes = joined.replaceAll(/=([0-9A-F]{2})/g, (_code, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
