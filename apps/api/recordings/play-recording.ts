import { AppError, notFound, recordingSources, type RecordingPolicy, type RecordingSource } from '#domain';
import type { RecordedCall, RecordingRepository } from '#db';
import type { Clock, HttpStreamer, Log, Opened, ReadLink, RecordingLinks, SecretBox } from '#platform';
import { Readable } from 'node:stream';
import { failed, judgeAnswer, type Answer } from './judge-answer.js';
import { openAccess } from './recording-access.js';
import { vendorRequest } from './vendor-request.js';
import type { VendorWaits } from './vendor-waits.js';

export interface PlayRecordingParts {
  links: Pick<RecordingLinks, 'read'>;
  recordings: Pick<RecordingRepository, 'recordedCall'>;
  streamer: Pick<HttpStreamer, 'get'>;
  waits: VendorWaits;
  box: Pick<SecretBox, 'open'>;
  clock: Pick<Clock, 'now'>;
  log: Pick<Log, 'info'>;
}

/** What whoever listens may ask of the server. */
export interface Listening {
  range: string | undefined;
  ifRange: string | undefined;
  /** Aborted when the listener goes away. */
  signal: AbortSignal;
}

/** Ready to be answered. Read the body to its end or destroy it. */
export interface Playing {
  status: number;
  headers: Record<string, string>;
  body: Readable;
}

type Found = { source: RecordingSource; access: { sealed: string | null } };

/** Streams a recording from the PBX's server, with the connection's credentials, to whoever holds a link of ours. */
export class PlayRecording {
  constructor(private readonly parts: PlayRecordingParts) {}

  /** @throws AppError 403, 404, 410, 429, 502, 504: `recording_link.*`, `recording.*` */
  async play(token: string, listening: Listening): Promise<Playing> {
    const { recordings, links, waits, clock } = this.parts;
    const link = links.read(token);
    const recorded = await recordings.recordedCall(link.tenant, link.call);
    if (recorded === undefined) throw notFound('call');
    const found = foundBy(link, recorded);
    const { connectionId } = recorded.call;
    const leave = waits.enter(connectionId, clock.now());
    try {
      const playing = await this.open(recorded, found, listening);
      playing.body.once('close', leave);
      if (playing.body.closed) leave();
      return playing;
    } catch (error) {
      leave();
      throw error;
    }
  }

  private async open({ call }: RecordedCall, found: Found, listening: Listening): Promise<Playing> {
    const { box, clock, streamer, waits, log } = this.parts;
    const startedAt = performance.now();
    const access = openAccess(box, call.connectionId, found.access.sealed);
    const request = vendorRequest(found.source, access, call.vendorCallId);
    const headers = {
      ...request.headers,
      accept: 'audio/*, application/octet-stream',
      ...rangeOf(listening),
    };
    const opened = await streamer.get({ url: request.url, headers, signal: listening.signal });
    log.info(
      {
        connectionId: call.connectionId,
        callId: call.id,
        outcome:
          opened.kind === 'answered' ? opened.status : opened.kind === 'failed' ? opened.cause : 'aborted',
        ms: Math.round(performance.now() - startedAt),
      },
      'recording.asked',
    );
    const answer = answeredOrThrow(opened);
    const now = clock.now();
    const verdict = judgeAnswer(answer, new URL(request.url).pathname, now);
    if (verdict.kind === 'play') {
      const name = `recording-${call.id}.${verdict.extension}`;
      return { status: answer.status, headers: headersOf(answer, verdict.type, name), body: answer.body };
    }
    answer.body.destroy();
    if (verdict.kind === 'rest') throw waits.restUntil(call.connectionId, verdict.until, now);
    if (verdict.kind === 'problem') throw verdict.problem;
    return { status: 416, headers: kept(answer, ['content-range']), body: Readable.from([]) };
  }
}

/** @throws AppError 410 when the link was revoked, or leads to nothing any more */
function foundBy(link: ReadLink, { call, access, linksRevokedAt }: RecordedCall): Found {
  if (linksRevokedAt !== null && link.issuedAt <= linksRevokedAt) {
    throw ended('revoked', 'The link was revoked; ask whoever gave it to you for a new one.');
  }
  if (access === null) throw ended('connection_deleted', 'The PBX of this recording is connected no more.');
  // What a link was made for may have been told otherwise since, when the connection got or lost its template.
  const policies: Pick<RecordingPolicy, 'byName'>[] = [{ byName: access.byName }, { byName: !access.byName }];
  const source = policies
    .flatMap((policy) => recordingSources(call.legs, policy))
    .find(({ told }) => link.isFor(told));
  if (source === undefined) throw ended('unknown', 'The call has no such recording any more.');
  return { source, access };
}

function answeredOrThrow(opened: Opened): Answer {
  if (opened.kind === 'answered') return opened;
  if (opened.kind === 'aborted') {
    throw new AppError('rejected', 'request.aborted', 'The listener went away.', { status: 499 });
  }
  if (opened.cause === 'timeout')
    throw failed('timeout', 'The PBX does not answer in time; try again later.', 504);
  if (opened.cause === 'blocked') {
    throw failed('blocked', `The recording is at an address that we may not reach. ${opened.message}`);
  }
  throw failed('unreachable', `The PBX’s server cannot be reached. ${opened.message}`);
}

function rangeOf({ range, ifRange }: Listening): Record<string, string> {
  if (range === undefined) return {};
  return { range, ...(ifRange === undefined ? {} : { 'if-range': ifRange }) };
}

function headersOf(answer: Answer, type: string, fileName: string): Record<string, string> {
  return {
    ...kept(answer, ['content-length', 'content-range', 'accept-ranges', 'etag', 'last-modified']),
    'content-type': type,
    'content-disposition': `inline; filename="${fileName}"`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'referrer-policy': 'no-referrer',
    'cache-control': 'private',
  };
}

/** A stranger chose these values; one that could not be a header of ours is left out. */
function kept({ headers }: Answer, names: readonly string[]): Record<string, string> {
  const found = names.flatMap((name): [string, string][] => {
    const value = headers[name];
    return value !== undefined && /^[\x20-\x7e]+$/.test(value) ? [[name, value]] : [];
  });
  return Object.fromEntries(found);
}

function ended(code: string, message: string): AppError {
  return new AppError('rejected', `recording_link.${code}`, message, { status: 410 });
}
