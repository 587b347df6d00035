import type { CustomFetch } from 'openid-client';
import { AppError } from '#domain';
import type { HttpSender, HttpStreamer } from '#platform';

/** The list of a provider's keys is the longest of what it says. */
export const LONGEST_ANSWER_BYTES = 256 * 1_024;
export const ANSWER_MS = 10_000;

export interface GuardedFetchParts {
  sender: Pick<HttpSender, 'send'>;
  streamer: Pick<HttpStreamer, 'get'>;
}

/**
 * The way to a provider: both of our guarded clients behind the face of `fetch`. The streamer takes answers that are longer than what
 * the sender keeps, but sends no body. Neither follows a redirect.
 *
 * @returns a function that throws AppError 503 `oidc.provider_away` where nothing came back
 */
export function guardedFetch({ sender, streamer }: GuardedFetchParts): CustomFetch {
  return async (url, { method, headers, body, signal }) => {
    if (method === 'GET') return streamed(streamer, { url, headers, ...(signal && { signal }) });
    const sent = await sender.send({
      method: 'POST',
      url,
      headers,
      body: textOf(body),
      timeoutMs: ANSWER_MS,
      ...(signal && { signal }),
    });
    if (sent.kind === 'aborted') throw providerAway('It did not answer in time.');
    const { exchange } = sent;
    if (exchange.kind === 'failed') throw providerAway(exchange.message);
    return answer(exchange.status, exchange.headers, exchange.body);
  };
}

export function providerAway(why: string, cause?: unknown): AppError {
  const message = `The identity provider cannot be reached: ${why} Try again; operators sign in with their password meanwhile.`;
  return new AppError('unavailable', 'oidc.provider_away', message, { retryAfterSeconds: 30, cause });
}

async function streamed(
  streamer: GuardedFetchParts['streamer'],
  request: Parameters<HttpStreamer['get']>[0],
): Promise<Response> {
  const opened = await streamer.get(request);
  if (opened.kind === 'aborted') throw providerAway('It did not answer in time.');
  if (opened.kind === 'failed') throw providerAway(opened.message);
  try {
    const chunks = (await opened.body.toArray()) as Buffer[];
    return answer(opened.status, opened.headers, Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw providerAway('Its answer broke off, or is too long.', error);
  }
}

function answer(status: number, headers: Readonly<Record<string, string>>, body: string): Response {
  const type = headers['content-type'];
  // Decoded by now, so nothing of how it was sent is left to say.
  const kept = { ...(type === undefined ? {} : { 'content-type': type }) };
  return new Response(status === 204 || status === 304 ? null : body, { status, headers: kept });
}

/** A form, whatever class holds it. */
function textOf(body: unknown): string | null {
  if (typeof body === 'string') return body;
  return body instanceof URLSearchParams ? body.toString() : null;
}
