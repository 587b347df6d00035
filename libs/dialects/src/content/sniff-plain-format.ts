import type { InboundRequest } from '../dialect.js';
import { sniffFormat } from './sniff-format.js';

/** The formats in which a message is nothing but named fields. */
export type PlainFormat = 'query' | 'form' | 'json' | 'xml';

/** For vendors that may put everything into the URL and whose XML is not XML-RPC. */
export function sniffPlainFormat(request: Pick<InboundRequest, 'headers' | 'body'>): PlainFormat {
  if (request.body.length === 0) return 'query';
  const format = sniffFormat(request);
  return format === 'xmlrpc' ? 'xml' : format;
}
