import { AppError, id, instant, type CallId, type Instant, type TenantId } from '#domain';
import { createHash } from 'node:crypto';
import type { TokenSigner } from '../signing/token-signer.js';

/** Keys for links are derived for this purpose; a change of it ends all links. */
export const RECORDING_LINK_PURPOSE = 'recording link v1';

const FINGERPRINT_BYTES = 8;
const UUID_BYTES = 16;
const TIME_BYTES = 6;
const PAYLOAD_BYTES = 2 * UUID_BYTES + FINGERPRINT_BYTES + 2 * TIME_BYTES;

/** Which recording a link is for. */
export interface LinkedRecording {
  tenant: TenantId;
  call: CallId;
  /** What the vendor calls the recording (`RecordingSource.told`). */
  told: string;
}

/** What a link says. */
export interface ReadLink {
  tenant: TenantId;
  call: CallId;
  issuedAt: Instant;
  expiresAt: Instant;
  /** Whether the link is for the recording that the vendor calls so. */
  isFor: (told: string) => boolean;
}

export interface RecordingLinksParts {
  signer: TokenSigner;
  now: () => Instant;
  /** Where people reach the API, without a slash at the end. */
  publicUrl: () => string;
  /** How long a link works, unless said otherwise. */
  lifetimeMs: number;
}

/**
 * Our links to recordings: signed, they expire, and a call's can be revoked. A link names its recording by a fingerprint of
 * what the vendor calls it, not by its place in the list: a leg that is told late may come in front.
 */
export class RecordingLinks {
  constructor(private readonly parts: RecordingLinksParts) {}

  linkTo(
    recording: LinkedRecording,
    lifetimeMs = this.parts.lifetimeMs,
  ): { url: string; expiresAt: Instant } {
    const now = this.parts.now();
    const expiresAt = instant(now + lifetimeMs);
    const payload = Buffer.alloc(PAYLOAD_BYTES);
    let at = payload.write(hexOf(recording.tenant), 0, 'hex');
    at += payload.write(hexOf(recording.call), at, 'hex');
    at += fingerprint(recording.told).copy(payload, at);
    at = payload.writeUIntBE(now, at, TIME_BYTES);
    payload.writeUIntBE(expiresAt, at, TIME_BYTES);
    return { url: `${this.parts.publicUrl()}/recordings/${this.parts.signer.sign(payload)}`, expiresAt };
  }

  /** @throws AppError 403 `recording_link.invalid` when we never made it, 410 `recording_link.expired` */
  read(token: string): ReadLink {
    const payload = this.parts.signer.open(token);
    if (payload?.length !== PAYLOAD_BYTES) throw invalid();
    const told = payload.subarray(2 * UUID_BYTES, 2 * UUID_BYTES + FINGERPRINT_BYTES);
    const times = 2 * UUID_BYTES + FINGERPRINT_BYTES;
    const expiresAt = instant(payload.readUIntBE(times + TIME_BYTES, TIME_BYTES));
    if (expiresAt <= this.parts.now()) throw expired();
    return {
      tenant: id<TenantId>(uuidOf(payload, 0)),
      call: id<CallId>(uuidOf(payload, UUID_BYTES)),
      issuedAt: instant(payload.readUIntBE(times, TIME_BYTES)),
      expiresAt,
      isFor: (name) => fingerprint(name).equals(told),
    };
  }
}

function fingerprint(told: string): Buffer {
  return createHash('sha256').update(told).digest().subarray(0, FINGERPRINT_BYTES);
}

function hexOf(uuid: string): string {
  return uuid.replaceAll('-', '');
}

function uuidOf(payload: Buffer, at: number): string {
  const hex = payload.toString('hex', at, at + UUID_BYTES);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function invalid(): AppError {
  const message = 'This is no link of ours, or not all of it; ask whoever gave it to you for a new one.';
  return new AppError('rejected', 'recording_link.invalid', message, { status: 403 });
}

function expired(): AppError {
  const message = 'The link has expired; ask whoever gave it to you for a new one.';
  return new AppError('rejected', 'recording_link.expired', message, { status: 410 });
}
