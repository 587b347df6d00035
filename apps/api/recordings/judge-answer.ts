/** What a PBX's answer to the request for a recording means for whoever wants to hear it. */
import { AppError, instant, retryAfterMs, type Instant } from '#domain';
import type { Opened } from '#platform';

export type Answer = Extract<Opened, { kind: 'answered' }>;

export type Verdict =
  | { kind: 'play'; type: string; extension: string }
  /** The asked part is not in it (RFC 9110, section 15.5.17). */
  | { kind: 'no such range' }
  | { kind: 'rest'; until: Instant }
  | { kind: 'problem'; problem: AppError };

/** How long a PBX is left alone that does not say how long. */
const DEFAULT_REST_MS = 30_000;
const LONGEST_REST_MS = 60 * 60_000;

const AUDIO = /^audio\/[a-z0-9][a-z0-9.+-]*$/;
const OCTETS = new Set(['application/octet-stream', 'binary/octet-stream']);
const OCTET_STREAM = 'application/octet-stream';

/** File name endings of recordings, by type, and back. */
const ENDINGS: Record<string, string> = {
  'audio/mpeg': 'mp3',
  'audio/mp3': 'mp3',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/wave': 'wav',
  'audio/ogg': 'ogg',
  'audio/mp4': 'm4a',
  'audio/x-gsm': 'gsm',
};
const TYPES: Record<string, string> = {
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  ogg: 'audio/ogg',
  m4a: 'audio/mp4',
};

/** @param path  of the address, whose ending says what octets are */
export function judgeAnswer(answer: Pick<Answer, 'status' | 'headers'>, path: string, now: Instant): Verdict {
  const { status, headers } = answer;
  if (status === 200 || status === 206) return judgeType(headers, path);
  if (status === 416) return { kind: 'no such range' };
  const asked = retryAfterMs(headers['retry-after'], now);
  if (status === 429 || (status === 503 && asked !== null)) {
    return { kind: 'rest', until: instant(now + Math.min(asked ?? DEFAULT_REST_MS, LONGEST_REST_MS)) };
  }
  if (status === 404 || status === 410) {
    return { kind: 'problem', problem: gone() };
  }
  return { kind: 'problem', problem: failed(...reasonFor(status)) };
}

/** Only sounds are passed on: a page of the vendor's would be a page of ours to a browser. */
function judgeType(headers: Answer['headers'], path: string): Verdict {
  const coding = headers['content-encoding'] ?? 'identity';
  const type = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (coding === 'identity' && AUDIO.test(type))
    return { kind: 'play', type, extension: ENDINGS[type] ?? 'audio' };
  if (coding === 'identity' && OCTETS.has(type)) {
    const ending = /\.([a-z0-9]{1,4})$/i.exec(path)?.[1]?.toLowerCase() ?? '';
    const known = TYPES[ending];
    return { kind: 'play', type: known ?? OCTET_STREAM, extension: known === undefined ? 'bin' : ending };
  }
  const message = 'The PBX answered with something that is no recording, such as a page to log in at.';
  return { kind: 'problem', problem: failed('not_audio', message) };
}

function reasonFor(status: number): [code: string, message: string] {
  if (status === 401 || status === 403) {
    return ['refused', 'The PBX refuses the recording: check the connection’s recording access.'];
  }
  if (status >= 300 && status < 400) {
    return ['redirected', 'The PBX sends us to another address, and redirects are not followed.'];
  }
  return ['failed', `The PBX answered with status ${status} instead of the recording.`];
}

function gone(): AppError {
  const message = 'The PBX has this recording no more, or not yet.';
  return new AppError('rejected', 'recording.gone', message, { status: 404 });
}

export function failed(code: string, message: string, status = 502): AppError {
  return new AppError('unavailable', `recording.${code}`, message, { status });
}
