/**
 * One question to UnifiedAPI, with a token.
 *
 * A token that is taken no more is traded for a new one, and the question is asked again, once. That holds for placing a call
 * too: 401 is said at the door, before anything is dialled, so the first asking has done nothing. Whatever else is said to the
 * first asking is the answer.
 */
import { converse, refused, secretsOf, unknown, type Conversed } from '../conversation.js';
import type { DriverAccount, DriverAnswer, DriverIo } from '../driver.js';
import { maskSecrets } from '../mask-secrets.js';
import { jsonIn } from '../read-reply.js';
import { accountSettings, type AccountSettings } from './account-settings.js';
import { fieldsOf, textOf } from './junk.js';
import { isGood, tradeToken } from './trade-token.js';

export interface UapiRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/uapi`. */
  path: readonly string[];
  query?: Readonly<Record<string, string | number | null>>;
  body?: object;
}

/** `value` is null for 204: it was heard, and there is nothing to tell. */
export type Said =
  { kind: 'said'; value: unknown } | Extract<DriverAnswer<object>, { kind: 'refused' | 'unknown' }>;

const UNAUTHORISED = 401;
/** The server, or one before it, had enough of waiting for the request; or it had it, and for the answer. */
const REQUEST_TIMEOUT = 408;
const NO_CONTENT = 204;

/** All that is asked for one answer of the driver: by one token, and with one deadline. */
export class Uapi {
  #token: DriverAccount['token'];
  readonly #until: number;
  #clockAheadMs: number | null = null;

  constructor(
    readonly account: DriverAccount,
    readonly settings: AccountSettings,
    private readonly io: DriverIo,
  ) {
    this.#token = account.token;
    this.#until = io.now() + io.timeoutMs;
  }

  /** How far the PBX's clock was ahead of ours at its last answer; null where it does not tell. */
  get clockAheadMs(): number | null {
    return this.#clockAheadMs;
  }

  async ask(request: UapiRequest): Promise<Said> {
    const url = urlOf(request, this.settings);
    if (url === null) return refused('A name in it is none that VoipNow can have, so nothing was sent.');
    if (isGood(this.#token, this.io.now())) {
      const said = await this.#once(url, request);
      if (said.kind !== 'replied' || said.status !== UNAUTHORISED) return read(said, this.#secrets);
    }
    const traded = await tradeToken(this.account, this.settings, this.#io);
    if (traded.kind !== 'token') return traded;
    this.#token = traded.token;
    return read(await this.#once(url, request), this.#secrets);
  }

  async #once(url: string, { method, body }: UapiRequest): Promise<Conversed> {
    const io = this.#io;
    if (io.timeoutMs <= 0) return refused('No time was left for it, so it was not sent.');
    const token = this.#token;
    const headers = {
      accept: 'application/json',
      'content-type': 'application/json',
      authorization: `Bearer ${token?.value ?? ''}`,
    };
    const payload = body === undefined ? {} : { body: JSON.stringify(body) };
    const said = await converse({ method, url, headers, ...payload }, { ...this.account, token }, io);
    if (said.kind === 'replied') this.#clockAheadMs = said.clockAheadMs;
    return said;
  }

  get #io(): DriverIo {
    return { ...this.io, timeoutMs: Math.max(0, this.#until - this.io.now()) };
  }

  get #secrets(): string[] {
    return secretsOf({ secrets: this.account.secrets, token: this.#token });
  }
}

/** One answer of the driver. Nothing is sent by settings that cannot be. */
export async function onUapi<T>(
  account: DriverAccount,
  io: DriverIo,
  answer: (uapi: Uapi) => Promise<DriverAnswer<T>>,
): Promise<DriverAnswer<T>> {
  const settings = accountSettings(account.settings);
  if (settings === null) return refused('The settings of the account cannot be used, so nothing was sent.');
  return answer(new Uapi(account, settings, io));
}

/** Null where a part would make it the address of something else: nothing, or a way up. */
function urlOf({ path, query = {} }: UapiRequest, { baseUrl }: AccountSettings): string | null {
  if (path.some((part) => /^\.{0,2}$/.test(part) || !part.isWellFormed())) return null;
  const parts = path.map((part) => encodeURIComponent(part).replaceAll('%40', '@'));
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === null ? [] : [[name, String(value)] as [string, string]],
  );
  const asked = pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
  return `${baseUrl}/uapi/${parts.join('/')}/${asked}`;
}

function read(conversed: Conversed, secrets: readonly string[]): Said {
  if (conversed.kind !== 'replied') return conversed;
  const { status, body } = conversed;
  if (status === NO_CONTENT) return { kind: 'said', value: null };
  if (status === REQUEST_TIMEOUT) return unknown('The PBX gave up waiting (HTTP 408).');
  const value = jsonIn(body);
  const error = fieldsOf(value)['error'];
  if (status >= 400 || error !== undefined) {
    const mask = (text: string | null) => text && maskSecrets(text, secrets);
    const code = mask(textOf(fieldsOf(error)['code'])) ?? String(status);
    const text = mask(textOf(fieldsOf(error)['message']) ?? textOf(error));
    return refused(`The PBX refused it: ${text ?? code}`, code, text);
  }
  return value === undefined ? unknown("The PBX's answer cannot be read.") : { kind: 'said', value };
}
