import type { LinkKind } from '#domain';
import type { Log, Mailer } from '#platform';

const TIMEOUT_MS = 10_000;

interface Letter {
  to: string;
  url: string;
  /** Of an invitation: the tenant's name, null for the installation. */
  tenantName: string | null;
}

const TEXTS: Readonly<Record<'invitation' | 'reset', { subject: string; body: (letter: Letter) => string }>> =
  {
    invitation: {
      subject: 'You are invited to Switchhook',
      body: ({ tenantName, url }) =>
        `You are invited to ${tenantName ?? 'run this installation'} in Switchhook.\n\nFollow this link within 7 days; it works once:\n\n${url}\n`,
    },
    reset: {
      subject: 'A new password for Switchhook',
      body: ({ url }) =>
        `Somebody, you we hope, asked for a new password.\n\nFollow this link within an hour; it works once:\n\n${url}\n\nIf it was not you, do nothing: your password stays as it is.\n`,
    },
  };

/** Mails links to those they are for, where the installation has a mail server. */
export class LinkLetter {
  constructor(
    private readonly mailer: Pick<Mailer, 'send'> | null,
    private readonly log: Pick<Log, 'warn'>,
  ) {}

  /** @returns whether the mail server took it; false also where there is none */
  async send(kind: Extract<LinkKind, 'invitation' | 'reset'>, letter: Letter): Promise<boolean> {
    if (this.mailer === null) return false;
    const { subject, body } = TEXTS[kind];
    const mail = {
      url: `mailto:${letter.to}`,
      headers: { subject },
      body: body(letter),
      timeoutMs: TIMEOUT_MS,
    };
    const sent = await this.mailer.send(mail);
    if (sent.kind === 'aborted') return false;
    const { exchange } = sent;
    if (exchange.kind === 'answered' && exchange.status < 300) return true;
    this.log.warn({ kind, exchange: exchange.kind }, 'link.mail_failed');
    return false;
  }
}
