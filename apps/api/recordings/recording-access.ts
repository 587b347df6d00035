/** How the recordings of a connection are fetched from its PBX. Kept sealed as JSON, all of it. */
import type { SecretBox } from '#platform';
import { sealedFor } from '#db';
import type { ConnectionId } from '#domain';

export const ACCESS_KINDS = ['none', 'basic', 'header', 'query'] as const;
export const RECORD_ENCODINGS = ['plain', 'base64', 'base64url', 'hex'] as const;
export type RecordEncoding = (typeof RECORD_ENCODINGS)[number];

/** What is shown to the PBX's server. `name` is that of the header or of the query parameter. */
export type Credentials =
  | { kind: 'none' }
  | { kind: 'basic'; user: string; password: string }
  | { kind: 'header'; name: string; value: string }
  | { kind: 'query'; name: string; value: string };

export interface RecordingAccess {
  credentials: Credentials;
  /**
   * Hosts that are shown the credentials. A recording's address comes in a webhook, and whoever can send one must not have
   * the password sent to a server of his own.
   */
  hosts: string[];
  /** Makes an address of a file's name; null where the PBX tells addresses. */
  template: string | null;
  /** What is done to the name before it is put into the template. */
  encoding: RecordEncoding;
}

export const NO_ACCESS: RecordingAccess = Object.freeze({
  credentials: { kind: 'none' as const },
  hosts: [],
  template: null,
  encoding: 'plain',
});

export function sealAccess(
  box: Pick<SecretBox, 'seal'>,
  of: ConnectionId,
  access: RecordingAccess,
): string | null {
  const isNone = access.credentials.kind === 'none' && access.template === null;
  return isNone ? null : box.seal(JSON.stringify(access), sealedFor.recordingAccess(of));
}

/** @throws AppError `secrets.*` (misconfigured) when a key is missing */
export function openAccess(
  box: Pick<SecretBox, 'open'>,
  of: ConnectionId,
  sealed: string | null,
): RecordingAccess {
  if (sealed === null) return NO_ACCESS;
  return JSON.parse(box.open(sealed, sealedFor.recordingAccess(of))) as RecordingAccess;
}
