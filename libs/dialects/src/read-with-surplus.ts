import type { Dialect, DialectSettings, InboundRequest, Reading } from './dialect.js';

/** A request, and what came after the length that it announced. */
export interface RequestWithSurplus extends InboundRequest {
  surplus?: Uint8Array | null | undefined;
}

/**
 * Reads a request as it was announced, and where that says nothing, together with what followed: a PBX that counts the
 * characters of a Hebrew name instead of its bytes announces too short a length.
 */
export function readWithSurplus(
  dialect: Pick<Dialect, 'read'>,
  request: RequestWithSurplus,
  settings: DialectSettings,
): Reading {
  const reading = dialect.read(request, settings);
  const { body, surplus } = request;
  if (reading.ok || !surplus || surplus.length === 0) return reading;
  const whole = dialect.read({ ...request, body: Buffer.concat([body, surplus]) }, settings);
  if (whole.ok) return whole;
  return { ...reading, reason: `${reading.reason} Its Content-Length is too short.` };
}
