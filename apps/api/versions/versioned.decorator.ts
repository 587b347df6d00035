import { UseInterceptors, applyDecorators } from '@nestjs/common';
import { ApiExtension, ApiHeader } from '@nestjs/swagger';
import { Problems } from '../http/problem.dto.js';
import { VersionInterceptor } from './version.interceptor.js';

/** Marks operations whose answer has an ETag; the document says so where it is made. */
export const HAS_ETAG = 'x-has-etag';

/** An operation that answers one thing, with its version as ETag. */
export function ShowsVersion(): MethodDecorator {
  return applyDecorators(UseInterceptors(VersionInterceptor), ApiExtension(HAS_ETAG, true));
}

/** An operation that changes one thing, the `id` of its path, and can be asked to change only what the caller has seen. */
export function ChangesVersion(): MethodDecorator {
  return applyDecorators(
    ShowsVersion(),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'Its ETag as you have seen it: where it has another one by now, nothing is changed.',
      schema: { type: 'string', example: '"mhpw6v40"' },
    }),
    Problems(412),
  );
}
