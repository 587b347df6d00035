import type { CrmSink } from '../../apps/simulator/index.js';

/** Every webhook that the sink answered 2xx, in the order of arrival within each name; as columns, which travel cheaply. */
export interface Harvest {
  names: string[];
  /** Index into `names`. */
  name: Uint32Array;
  callIds: string[];
  webhookIds: string[];
  /** 0 when the format had none. */
  sequences: Uint32Array;
  receivedMs: Float64Array;
  badSignatures: number;
}

export function harvestOf(sink: Pick<CrmSink, 'names' | 'book'>): Harvest {
  const { names } = sink;
  const records = names.flatMap((name, index) =>
    sink.book(name).records.map((record) => ({ ...record, index })),
  );
  return {
    names,
    name: Uint32Array.from(records, ({ index }) => index),
    callIds: records.map(({ callId }) => callId),
    webhookIds: records.map(({ webhookId }) => webhookId),
    sequences: Uint32Array.from(records, ({ sequence }) => sequence ?? 0),
    receivedMs: Float64Array.from(records, ({ receivedMs }) => receivedMs),
    badSignatures: names.reduce((sum, name) => sum + sink.book(name).stats().badSignatures, 0),
  };
}
