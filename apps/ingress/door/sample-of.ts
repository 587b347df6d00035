import { maskTarget } from './read-target.js';

const LONGEST = 240;
const LONGEST_TARGET = 160;
// eslint-disable-next-line no-control-regex -- that is what is looked for
const NOT_PRINTABLE = /[\u0000-\u001f\u007f]+/g;

/** One line that tells somebody which request it was; its token and its secrets are not in it. */
export function sampleOf(request: {
  method: string;
  url: string;
  contentType: string | undefined;
  /** As far as they are known: those that came, or those that were announced. */
  bytes: number | undefined;
}): string {
  const { method, url, contentType, bytes } = request;
  const target = maskTarget(url);
  const parts = [
    `${method} ${target.length > LONGEST_TARGET ? `${target.slice(0, LONGEST_TARGET)}...` : target}`,
    ...(contentType === undefined ? [] : [`content-type: ${contentType.slice(0, 60)}`]),
    ...(bytes === undefined ? [] : [`${String(bytes)} bytes`]),
  ];
  return printable(parts.join('; '));
}

function printable(text: string): string {
  return text.replace(NOT_PRINTABLE, ' ').slice(0, LONGEST).toWellFormed();
}
