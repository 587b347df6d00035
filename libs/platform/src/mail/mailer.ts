import { AppError, type Instant } from '#domain';
import MailComposer from 'nodemailer/lib/mail-composer';
import { systemClock } from '../clock/clock.js';
import { Crew } from '../http/crew.js';
import type { Sent } from '../http/sent.js';
import { failed } from './mail-failure.js';
import { MailFlight } from './mail-flight.js';
import { MailLine, type Letter } from './mail-line.js';
import { MailLines } from './mail-lines.js';
import type { MailSettings, MailSetup } from './mail-settings.js';
import type { OutgoingMail } from './outgoing-mail.js';

export interface MailerOptions {
  /** Certificate authorities (PEM) to trust instead of Node's own list. */
  trustedAuthorities?: string[];
  now?: () => Instant;
}

/**
 * Sends mail through the operator's server: one deadline over the whole exchange, certificates checked, a few connections
 * that are kept for a moment. The SSRF guard is not asked: where the server is, is the operator's word.
 */
export class Mailer {
  readonly #lines: MailLines | undefined;
  readonly #crews = new WeakMap<AbortSignal, Crew<MailFlight>>();
  readonly #now: () => Instant;

  constructor(
    private readonly setup: MailSetup,
    options: MailerOptions = {},
  ) {
    this.#now = options.now ?? (() => systemClock.now());
    if (!setup.ok) return;
    const { settings } = setup;
    this.#lines = new MailLines((ended) => new MailLine(settings, options.trustedAuthorities, ended));
  }

  /** What message ids end with: where mail comes from. */
  get domain(): string {
    if (!this.setup.ok) return 'localhost';
    const { address } = this.setup.settings.from;
    return address.slice(address.lastIndexOf('@') + 1);
  }

  /**
   * Hands one mail to the mail server.
   *
   * @returns its reply (`status` is SMTP's code, `body` the text) or why there is none; never rejects for anything that the
   *   server does
   */
  async send(mail: OutgoingMail): Promise<Sent> {
    const { signal, timeoutMs } = mail;
    const sentAt = this.#now();
    if (!this.setup.ok) return this.#notSetUp(this.setup.missing, sentAt);
    const letter = await letterOf(mail, this.setup.settings.from, sentAt);
    if (signal?.aborted === true) return { kind: 'aborted' };
    return new Promise((land) => {
      const lines = this.#lines;
      if (lines === undefined)
        throw new AppError('misconfigured', 'mail.no_lines', 'There is no mail server.');
      const crew = signal === undefined ? null : this.#crewOf(signal);
      new MailFlight({ letter, lines, timeoutMs, crew, sentAt, land }).start();
    });
  }

  /** Closes all connections. Sends under way never end, so abort them first by their signals. */
  close(): void {
    this.#lines?.close();
  }

  #crewOf(signal: AbortSignal): Crew<MailFlight> {
    const known = this.#crews.get(signal);
    if (known !== undefined) return known;
    const crew = new Crew<MailFlight>();
    this.#crews.set(signal, crew);
    signal.addEventListener('abort', () => crew.abortAll(), { once: true });
    return crew;
  }

  #notSetUp(missing: readonly string[], sentAt: Instant): Sent {
    const message = `This installation sends no mail now: its operator has to set ${missing.join(' and ')}.`;
    return {
      kind: 'exchanged',
      exchange: failed('unknown', message),
      sentAt,
      timings: { dnsMs: null, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: 0 },
      resolvedIp: null,
      durationMs: 0,
    };
  }
}

async function letterOf(mail: OutgoingMail, from: MailSettings['from'], sentAt: Instant): Promise<Letter> {
  const { subject = '', 'message-id': messageId, ...headers } = mail.headers;
  const to = mail.url.slice('mailto:'.length);
  const composer = new MailComposer({
    from,
    to: { name: '', address: to },
    subject,
    ...(messageId === undefined ? {} : { messageId }),
    headers,
    date: new Date(sentAt),
    text: mail.body,
    // Nothing in a text of ours is a file or an address to read.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return { from: from.address, to, text: await composer.compile().build() };
}
