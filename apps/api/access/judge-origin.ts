import type { IncomingHttpHeaders } from 'node:http';
import { AppError, readUrl } from '#domain';

/** The header that a page of ours sends with every change. No form can, and no other site without asking us first (CORS). */
export const CHANGE_HEADER = 'x-switchhook';

/**
 * Why a change that a browser asks for with its cookie is refused, or undefined when a page of ours asks for it. Browsers say
 * where it comes from by Sec-Fetch-Site, older ones by Origin; who says neither is refused.
 *
 * @param publicUrl  where people reach us; the Host of the request counts too, as a proxy may have another
 */
export function judgeChange(
  headers: IncomingHttpHeaders,
  publicUrl: string | undefined,
): AppError | undefined {
  if (headers[CHANGE_HEADER] === undefined) {
    return refused(`Changes that are made with a session need the header ${CHANGE_HEADER}.`);
  }
  const site = headers['sec-fetch-site'];
  const isOurs = site === undefined ? isOwnOrigin(headers, publicUrl) : site === 'same-origin';
  return isOurs ? undefined : refused('Changes that are made with a session must come from our own pages.');
}

/** Why a handshake of a socket with a cookie is refused. Browsers always say their Origin there, and can send no header of ours. */
export function judgeHandshake(
  headers: IncomingHttpHeaders,
  publicUrl: string | undefined,
): AppError | undefined {
  return isOwnOrigin(headers, publicUrl)
    ? undefined
    : refused('A socket that is opened with a session must be opened by our own pages.');
}

function isOwnOrigin({ origin, host }: IncomingHttpHeaders, publicUrl: string | undefined): boolean {
  const from = origin === undefined ? null : readUrl(origin);
  if (from === null) return false;
  return from.host === host || (publicUrl !== undefined && from.origin === new URL(publicUrl).origin);
}

function refused(message: string): AppError {
  return new AppError('rejected', 'session.cross_site', message, { status: 403 });
}
