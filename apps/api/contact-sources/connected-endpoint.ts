/** An endpoint as somebody who may know who is calling: what is to be known of that, and why it may be nobody to ask. */
import { connectorNamed } from '#crm';
import type { ContactSourceRecord, EndpointRecord } from '#db';
import { AppError } from '#domain';
import { formatNamed } from '#formats';

/** @throws AppError `endpoint.is_no_connector`, `endpoint.finds_nobody` */
export function checkConnected({
  format,
  formatSettings,
}: Pick<EndpointRecord, 'format' | 'formatSettings'>): void {
  const prepared = formatNamed(format)?.prepare(formatSettings);
  const crm = prepared?.ok === true ? prepared.writer.crm : undefined;
  if (crm === undefined) {
    const message = `The format ${format} is no connector to a CRM, so it cannot be asked who is calling.`;
    throw new AppError('conflict', 'endpoint.is_no_connector', message);
  }
  const { findsNobody } = crm.crm;
  if (findsNobody !== undefined) throw new AppError('conflict', 'endpoint.finds_nobody', findsNobody);
}

/** In sentences. */
export function adviceOn({ endpoint }: Pick<ContactSourceRecord, 'endpoint'>): string[] {
  if (endpoint === null) return [];
  const connector = connectorNamed(endpoint.format);
  if (connector === undefined)
    return [`Its endpoint is no connector to a CRM any more: it has the format ${endpoint.format}.`];
  return connector.ringTime === undefined ? [] : [connector.ringTime.advice];
}
