import type { SecretBox } from '#platform';
import type { ContactSourceRecord } from './contact-source-record.js';
import { sealedFor } from './sealed-for.js';

type Sealed = Pick<ContactSourceRecord, 'id' | 'url' | 'sealedHeaders' | 'sealedSecret' | 'timeoutMs'>;

export interface OpenedSource {
  url: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  secret: string | null;
  timeoutMs: number;
}

/** What a source is asked with, its secrets opened. @throws Error when they cannot be */
export function openSource(source: Sealed, box: Pick<SecretBox, 'open'>): OpenedSource {
  const { id, url, sealedHeaders, sealedSecret, timeoutMs } = source;
  const open = (sealed: string) => box.open(sealed, sealedFor.contactSource(id));
  return {
    url,
    headers: sealedHeaders === null ? {} : (JSON.parse(open(sealedHeaders)) as Record<string, string>),
    secret: sealedSecret === null ? null : open(sealedSecret),
    timeoutMs,
  };
}
