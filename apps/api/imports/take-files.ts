import type { FastifyInstance } from 'fastify';
import { AppError } from '#domain';
import { takeLongBody } from '#platform';

/** What can be imported, by the media type that it is sent as. */
export const FILE_TYPES = ['text/csv', 'text/vcard', 'text/x-vcard', 'text/directory'] as const;
const UPLOAD = /^\/v1\/(?:contacts|campaigns\/[^/?]+)\/imports\/?(?:\?|$)/;

/** Files are handed on as they come, piece by piece; everywhere else the API speaks JSON. */
/** @param silenceMs  how long a sender may send nothing; however long the file takes */
export function takeFiles(fastify: FastifyInstance, silenceMs: number): void {
  fastify.addContentTypeParser([...FILE_TYPES], (request, payload, done) => {
    if (!UPLOAD.test(request.url)) {
      done(notHere());
      return;
    }
    takeLongBody(request.raw, silenceMs);
    done(null, payload);
  });
}

function notHere(): AppError {
  const message = 'Send the body as application/json.';
  return new AppError('rejected', 'request.unsupported_media_type', message, { status: 415 });
}
