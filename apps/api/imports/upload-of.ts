import { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { AppError } from '#domain';
import type { UploadedFile } from './import-desk.js';

/** The file that a request brings. @throws AppError 415 for anything else */
export function uploadOf({ body, headers }: FastifyRequest): UploadedFile {
  if (!(body instanceof Readable)) throw noFile('Send the file as text/csv or text/vcard.');
  return { body, isCards: !/^\s*text\/csv\b/i.test(headers['content-type'] ?? '') };
}

/** The same where address books are of no use. @throws AppError 415 */
export function tableOf(request: FastifyRequest): UploadedFile {
  const { body, headers } = request;
  const isTable = /^\s*text\/csv\b/i.test(headers['content-type'] ?? '');
  if (!(body instanceof Readable) || !isTable) throw noFile('Send the file as text/csv.');
  return { body, isCards: false };
}

function noFile(message: string): AppError {
  return new AppError('rejected', 'request.unsupported_media_type', message, { status: 415 });
}
