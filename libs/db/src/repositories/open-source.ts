import { readEndpointAccess, type EndpointAccess } from '#domain';
import type { SecretBox } from '#platform';
import type { AskedEndpoint, ContactSourceRecord } from './contact-source-record.js';
import { sealedFor } from './sealed-for.js';

type Sealed = Pick<
  ContactSourceRecord,
  'id' | 'url' | 'sealedHeaders' | 'sealedSecret' | 'timeoutMs' | 'endpoint'
>;

export interface OpenedSource {
  /** Empty where it asks through an endpoint. */
  url: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  secret: string | null;
  timeoutMs: number;
  endpoint: (AskedEndpoint & { access: EndpointAccess }) | null;
}

/** What a source is asked with, its secrets opened. @throws Error when they cannot be */
export function openSource(source: Sealed, box: Pick<SecretBox, 'open'>): OpenedSource {
  const { id, url, sealedHeaders, sealedSecret, timeoutMs, endpoint } = source;
  const open = (sealed: string) => box.open(sealed, sealedFor.contactSource(id));
  return {
    url: url ?? '',
    headers: sealedHeaders === null ? {} : (JSON.parse(open(sealedHeaders)) as Record<string, string>),
    secret: sealedSecret === null ? null : open(sealedSecret),
    timeoutMs,
    endpoint: endpoint && { ...endpoint, access: accessOf(endpoint, box) },
  };
}

function accessOf({ id, sealedAccess }: AskedEndpoint, box: Pick<SecretBox, 'open'>): EndpointAccess {
  return readEndpointAccess(
    sealedAccess === null ? null : box.open(sealedAccess, sealedFor.endpointAccess(id)),
  );
}
