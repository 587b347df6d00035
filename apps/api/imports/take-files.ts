import type { FastifyInstance } from 'fastify';
import { AppError } from '#domain';

/** What can be imported, by the media type that it is sent as. */
export const FILE_TYPES = ['text/csv', 'text/vcard', 'text/x-vcard', 'text/directory'] as const;
const UPLOAD = /^\/v1\/contacts\/imports\/?(?:\?|$)/;

/** Files are handed on as they come, piece by piece; everywhere else the API speaks JSON. */
export function takeFiles(fastify: FastifyInstance): void {
  fastify.addContentTypeParser([...FILE_TYPES], (request, payload, done) => {
    if (UPLOAD.test(request.url)) done(null, payload);
    else done(notHere());
  });
}

function notHere(): AppError {
  const message = 'Send the body as application/json.';
  return new AppError('rejected', 'request.unsupported_media_type', message, { status: 415 });
}
