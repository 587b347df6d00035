import { rawText } from './scalars.js';

const WEB_ADDRESS = /^https?:\/\/[^\s/]+/i;

/** URLs of recordings, of one or of a list of them; `0`, `N/A` and the like are none. */
export function readRecordings(value: unknown): { url: string }[] {
  const urls = Array.isArray(value) ? value.map(rawText) : [rawText(value)];
  return urls
    .map((url) => url.trim())
    .filter((url) => WEB_ADDRESS.test(url))
    .map((url) => ({ url }));
}
