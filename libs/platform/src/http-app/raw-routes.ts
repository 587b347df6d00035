import type { AppError } from '#domain';

/** Renders an error in the caller's own format. `body` is there when it could be read. */
export type ErrorRenderer = (
  error: AppError,
  request: { url: string; headers: Record<string, unknown>; body: Uint8Array },
) => { contentType: string; body: string };

/** The part of an app that takes webhooks: its bodies stay bytes, and its errors are told in the caller's own format. */
export interface RawRoutes {
  prefix: string;
  renderError: ErrorRenderer;
}
