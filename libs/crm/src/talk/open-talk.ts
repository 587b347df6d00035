/** A conversation with a tenant's CRM: requests that carry its credentials, and answers that are judged. */
import type { Exchange, Instant } from '#domain';
import type { Connector, Crm } from '../connector.js';
import { CrmFault, type CrmIo } from './crm-io.js';
import { judgeExchange } from './judge-exchange.js';
import { requestOf, type WrittenRequest } from './request-of.js';

const BEARER = 'Bearer ';
const USER_AGENT = 'Switchhook/1 (+https://switchhook.dev)';
/** CRMs answer with whole records, and with lists of them: bytes. */
export const LARGEST_CRM_ANSWER = 2 * 1024 * 1024;

/** Whom it is led with, and how requests get there. */
export interface CrmLine<S extends { exchange: Exchange }> {
  connector: Pick<Connector, 'tokenHeader'>;
  crm: Pick<Crm, 'judge'>;
  /** Base URL of the CRM. */
  url: string;
  /** Of numbers that the CRM keeps without a country code: ISO 3166-1 alpha-2. */
  country: string;
  /** The endpoint's own, its credentials among them; names in lower case. */
  headers: Readonly<Record<string, string>>;
  now: () => Instant;
  /** @returns null when it was ended by ourselves. Never rejects for anything that the CRM does */
  send: (request: WrittenRequest & { mayRepeat: boolean }) => Promise<S | null>;
}

export interface CrmTalk<S> {
  io: CrmIo;
  /** The exchange that was the last so far; undefined before the first. */
  last: { request: WrittenRequest; sent: S; at: Instant } | undefined;
}

export function openTalk<S extends { exchange: Exchange }>(line: CrmLine<S>): CrmTalk<S> {
  const { country, now, crm } = line;
  const talk: CrmTalk<S> = {
    last: undefined,
    io: {
      country,
      now,
      ask: async (asked) => {
        const written = requestOf(asked, line.url);
        const inBody = asked.secretAt !== undefined;
        const headers = { 'user-agent': USER_AGENT, ...written.headers, ...credentialsOf(line, inBody) };
        const request = { ...written, headers };
        const body = inBody ? requestOf(asked, line.url, tokenIn(line)).body : written.body;
        // A second try by ourselves of what makes something could make it twice.
        const sent = await line.send({ ...request, body, mayRepeat: asked.makes !== true });
        if (sent === null) throw new CrmFault('aborted', 'We are shutting down.', { unclear: true });
        const at = now();
        talk.last = { request, sent, at };
        return judgeExchange(sent.exchange, asked, {
          now: at,
          judge: (reply, of) => crm.judge?.(reply, of),
        });
      },
    },
  };
  return talk;
}

type Credentials = Pick<CrmLine<never>, 'headers' | 'connector'>;

/** An access token goes where the CRM wants it. @param inBody  it stands in the body already */
function credentialsOf(line: Credentials, inBody: boolean): Record<string, string> {
  const { authorization, ...own } = line.headers;
  const { tokenHeader: place } = line.connector;
  const token = tokenIn(line);
  if (authorization === undefined || (inBody && token !== undefined)) return own;
  if (place === undefined || token === undefined) return { ...own, authorization };
  return { ...own, [place.name]: `${place.prefix}${token}` };
}

function tokenIn({ headers }: Pick<Credentials, 'headers'>): string | undefined {
  const { authorization } = headers;
  return authorization?.startsWith(BEARER) === true ? authorization.slice(BEARER.length) : undefined;
}
