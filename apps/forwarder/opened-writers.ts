import type { EndpointId } from '#domain';
import type { DeliveryTarget } from '#db';
import { formatNamed, type Writer } from '#formats';

const REMEMBER = 1_000;

/** Reads the settings of formats and remembers the last ones of each endpoint: a table may have hundreds of rows. */
export class OpenedWriters {
  private readonly opened = new Map<EndpointId, { of: string; writer: Writer }>();

  /** @returns undefined for settings that the format does not take, or that a format of another build wrote */
  open({
    endpointId,
    format,
    formatSettings,
  }: Pick<DeliveryTarget, 'endpointId' | 'format' | 'formatSettings'>): Writer | undefined {
    const of = JSON.stringify([format, formatSettings]);
    const known = this.opened.get(endpointId);
    if (known?.of === of) return known.writer;
    const prepared = formatNamed(format)?.prepare(formatSettings);
    if (prepared?.ok !== true) return undefined;
    if (this.opened.size >= REMEMBER) this.opened.clear();
    this.opened.set(endpointId, { of, writer: prepared.writer });
    return prepared.writer;
  }
}
