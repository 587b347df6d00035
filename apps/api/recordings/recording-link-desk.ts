import { notFound, recordingSources, type Actor, type CallId, type TenantId } from '#domain';
import type { RecordingRepository } from '#db';
import type { RecordingLinks } from '#platform';
import { found } from '../http/found.js';
import { timeText } from '../http/time-text.js';
import type { LinksRevokedDto, NewRecordingLinkDto, RecordingLinkDto } from './recording-link.dto.js';

const SECOND = 1000;

/** Gives out links to recordings and takes them back. */
export class RecordingLinkDesk {
  constructor(
    private readonly recordings: RecordingRepository,
    private readonly links: RecordingLinks,
  ) {}

  /** @param index  place in the call's list of recordings, as the API shows it; 0 is the first */
  async give(
    tenant: TenantId,
    call: CallId,
    index: string,
    { expiresInSeconds }: NewRecordingLinkDto,
  ): Promise<RecordingLinkDto> {
    const recorded = found(await this.recordings.recordedCall(tenant, call), 'call');
    const sources = recordingSources(recorded.call.legs, { byName: recorded.access?.byName ?? false });
    const source = /^\d{1,4}$/.test(index) ? sources[Number(index)] : undefined;
    if (source === undefined) throw notFound('recording');
    const lifetimeMs = expiresInSeconds === undefined ? undefined : expiresInSeconds * SECOND;
    const { url, expiresAt } = this.links.linkTo({ tenant, call, told: source.told }, lifetimeMs);
    return { url, expiresAt: timeText(expiresAt) };
  }

  async revoke(tenant: TenantId, call: CallId, by: Actor): Promise<LinksRevokedDto> {
    return { revokedAt: timeText(await this.recordings.revokeLinks(tenant, call, by)) };
  }
}
