import type { FastifyReply } from 'fastify';

/** A header's value may not break its line; a stranger chose this one. */
const NOT_PRINTABLE = /[^\x20-\x7e]/g;

/** Sends a stranger's bytes so that no browser takes them for a page of ours. */
export function sendRaw(
  reply: FastifyReply,
  id: string,
  raw: { body: Uint8Array; contentType: string | undefined },
): void {
  void reply
    .type('application/octet-stream')
    .headers({
      'x-content-type-options': 'nosniff',
      'content-disposition': `attachment; filename="receipt-${id}"`,
      'content-security-policy': "default-src 'none'; sandbox",
      ...(raw.contentType === undefined
        ? {}
        : { 'switchhook-content-type': raw.contentType.replace(NOT_PRINTABLE, '?').slice(0, 200) }),
    })
    .send(Buffer.from(raw.body));
}
