import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { MailSettings } from './mail-settings.js';

/** A server that does not answer our goodbye is left after so long. */
const GOODBYE_MS = 1_000;

/** The envelope of one mail, and its text with all headers. */
export interface Letter {
  from: string;
  to: string;
  text: Buffer;
}

/** One connection to the mail server. What goes wrong on it rejects what is under way, with nodemailer's error. */
export class MailLine {
  /** How many mails went over it. */
  uses = 0;
  private readonly connection: SMTPConnection;
  private fail: (error: Error) => void = () => undefined;

  /**
   * @param authorities  certificate authorities (PEM) to trust instead of Node's own list
   * @param ended  called once, when nothing more can be sent over it
   */
  constructor(
    private readonly settings: MailSettings,
    authorities: string[] | undefined,
    ended: (line: MailLine) => void,
  ) {
    const { host, port, tls } = settings;
    this.connection = new SMTPConnection({
      host,
      port,
      secure: tls === 'implicit',
      requireTLS: tls === 'required',
      ignoreTLS: tls === 'none',
      // Said aloud, so that no environment variable can switch the checking of certificates off.
      tls: { rejectUnauthorized: true, ...(authorities === undefined ? {} : { ca: authorities }) },
      // Who gives up on a connection wants to be rid of it.
      socketCloseTimeout: 0,
    });
    this.connection.on('error', (error: Error) => {
      this.fail(error);
    });
    this.connection.once('end', () => {
      ended(this);
    });
  }

  /** Connects, encrypts and shows who we are. */
  async open(): Promise<void> {
    await this.step((done) => {
      this.connection.connect(done);
    });
    const { account } = this.settings;
    if (account === null) return;
    await this.step((done) => {
      this.connection.login({ user: account.user, pass: account.password }, done);
    });
  }

  /** @returns the server's reply, with its code in front */
  async send({ from, to, text }: Letter): Promise<string> {
    this.uses += 1;
    let reply = '';
    await this.step((done) => {
      this.connection.send({ from, to: [to], size: text.length }, text, (error, info) => {
        reply = info?.response ?? '';
        done(error);
      });
    });
    return reply;
  }

  /** Ends it politely, when nothing is under way. */
  quit(): void {
    this.connection.quit();
    setTimeout(() => {
      this.close();
    }, GOODBYE_MS).unref();
  }

  /** Ends it at once. What is under way is never settled. */
  close(): void {
    this.connection.close();
  }

  private step(begin: (done: (error?: Error | null) => void) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.fail = reject;
      begin((error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }
}
