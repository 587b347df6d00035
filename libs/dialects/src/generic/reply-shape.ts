import { note, quoted, shapes, under, type DocumentShape } from '#domain';
import type { ReadyReply, ReadyTemplate } from './ready-mapping.js';
import { template } from './template-shape.js';

const { isObject, members, or, text, whole } = shapes;

/** XML may be a page: ingress has browsers run nothing of any answer. */
const CONTENT_TYPES = /^(?:text\/(?:plain|xml)|application\/(?:json|xml))(?:; ?charset=utf-8)?$/i;
const HEADER_NAME = /^[a-z][a-z0-9-]{0,60}$/;
/** Those are of the connection, of the browser, or of the body. */
const TAKEN =
  /^(?:access-control-|content-|proxy-|sec-|connection$|date$|keep-alive$|location$|refresh$|server$|set-cookie$|te$|trailer$|transfer-encoding$|upgrade$|via$)/;
const MOST_HEADERS = 10;

/** @param words  that its templates may use; `statuses` are the least and the greatest that it may have */
export function reply(
  words: readonly string[],
  statuses: { min: number; max: number },
): DocumentShape<ReadyReply> {
  const value = template(words, 500);
  return members<ReadyReply>({
    status: or(whole(statuses), null),
    contentType: or(
      text({
        max: 60,
        like: CONTENT_TYPES,
        says: 'text/plain, application/json, text/xml or application/xml',
      }),
      'text/plain',
    ),
    body: or<ReadyTemplate, ReadyTemplate>(template(words), []),
    headers: (given, at) => {
      if (given === undefined || given === null) return [];
      if (!isObject(given)) {
        note(at, 'This has to be a set of named values.');
        return [];
      }
      const entries = Object.entries(given);
      if (entries.length > MOST_HEADERS) note(at, `This holds more than ${MOST_HEADERS} names.`);
      return entries.slice(0, MOST_HEADERS).map(([name, own]) => {
        const lower = name.toLowerCase();
        if (!HEADER_NAME.test(lower) || TAKEN.test(lower)) {
          note(at, `${quoted(name)} is no header that a reply may set.`);
        }
        return [lower, value(own, under(at, name))] as const;
      });
    },
  });
}
