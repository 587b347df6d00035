import { AppError, isMailAddress, readUrl } from '#domain';
import type { Env } from '../env/read-env.js';

export const MAIL_VARIABLES = ['SMTP_URL', 'MAIL_FROM'] as const;

/** The operator's mail server, and who mail is from. */
export interface MailSettings {
  host: string;
  port: number;
  /** `implicit` from the first byte; `required` and `offered` by STARTTLS; `none` in the clear. */
  tls: 'implicit' | 'required' | 'offered' | 'none';
  /** Null where the server wants none. */
  account: { user: string; password: string } | null;
  from: { name: string; address: string };
}

export type MailSetup =
  { ok: true; settings: MailSettings } | { ok: false; missing: readonly (typeof MAIL_VARIABLES)[number][] };

const PORT_OF_SCHEME: Readonly<Partial<Record<string, number>>> = { 'smtp:': 587, 'smtps:': 465 };
const CHOICES = ['required', 'offered', 'none'] as const;
const DEFAULT_NAME = 'Switchhook';
/** `Name <address>`, or the address alone. A name in quotes is taken without them. */
const FROM = /^(?:"?([^"<>\p{Cc}]*?)"?\s*<([^<>\s]+)>|([^<>\s]+))$/u;

/**
 * The mail settings of an installation.
 *
 * @throws AppError `mail.bad_settings` (misconfigured) with the name of what cannot be read, and never its value
 */
export function mailSetupOf(env: Pick<Env, (typeof MAIL_VARIABLES)[number]>): MailSetup {
  const { SMTP_URL: url, MAIL_FROM: from } = env;
  if (url === undefined || from === undefined) {
    return { ok: false, missing: MAIL_VARIABLES.filter((name) => env[name] === undefined) };
  }
  return { ok: true, settings: { ...readServer(url), from: readSender(from) } };
}

function readServer(text: string): Omit<MailSettings, 'from'> {
  const url = readUrl(text);
  if (url === null) throw badServer();
  const schemePort = PORT_OF_SCHEME[url.protocol];
  const isBare = url.pathname === '' || url.pathname === '/';
  if (schemePort === undefined || url.hostname === '' || !isBare) throw badServer();
  const account = readAccount(url);
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? schemePort : Number(url.port),
    tls: readTls(url, account !== null),
    account,
  };
}

function readAccount({ username, password }: URL): MailSettings['account'] {
  if (username === '' && password === '') return null;
  try {
    return { user: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    throw badServer();
  }
}

/** A password does not go out in the clear unless the operator says so. */
function readTls({ protocol, searchParams }: URL, hasAccount: boolean): MailSettings['tls'] {
  const asked = searchParams.get('tls');
  const known = [...searchParams.keys()].every((name) => name === 'tls');
  const choice =
    asked === null ? (hasAccount ? 'required' : 'offered') : CHOICES.find((one) => one === asked);
  if (!known || choice === undefined) throw badServer();
  if (protocol !== 'smtps:') return choice;
  if (asked !== null) throw badServer();
  return 'implicit';
}

function readSender(text: string): MailSettings['from'] {
  const [, name = '', named, alone] = FROM.exec(text.trim()) ?? [];
  const address = named ?? alone ?? '';
  if (!isMailAddress(address))
    throw bad('MAIL_FROM cannot be read: it is like Switchhook <hook@example.com>.');
  return { name: name === '' ? DEFAULT_NAME : name, address };
}

function badServer(): AppError {
  return bad(
    'SMTP_URL cannot be read: it is like smtps://user:password@host:465 or smtp://host:587?tls=required (required, offered or none).',
  );
}

function bad(message: string): AppError {
  return new AppError('misconfigured', 'mail.bad_settings', message);
}
