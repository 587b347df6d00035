import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { Shown } from './shown.decorator.js';

export class FieldErrorDto {
  @Shown('Path of the member.', { type: String, example: 'url' })
  field!: string;

  @Shown('What is wrong with it.', { type: String, example: 'url should not be empty' })
  message!: string;
}

export class IvrProblemDto {
  @Shown('Names and positions in lists from the root of the document, with dots between them.', {
    type: String,
    example: 'menus.main.digits.1',
  })
  path!: string;

  @Shown('What is wrong there.', { type: String, example: 'there is no menu "sales"' })
  message!: string;
}

/** RFC 9457. */
export class ProblemDto {
  @Shown('Identifies the kind of problem.', {
    type: String,
    format: 'uri',
    example: 'https://switchhook.dev/problems/request.invalid',
  })
  type!: string;

  @Shown('The status in words.', { type: String, example: 'Bad request' })
  title!: string;

  @Shown('HTTP status.', { type: 'integer', example: 400 })
  status!: number;

  @Shown('One sentence that says what is wrong and what to do next.', {
    type: String,
    example: 'The request has members that are wrong: url.',
  })
  detail!: string;

  @Shown('Stable, for programs.', { type: String, example: 'request.invalid' })
  code!: string;

  @Shown('Path of the request.', { type: String, required: false, example: '/v1/endpoints' })
  instance?: string;

  @Shown('With `request.invalid`: each member that is wrong.', { type: [FieldErrorDto], required: false })
  errors?: FieldErrorDto[];

  @Shown('With `ivr_flow.invalid` and `ivr_answer.invalid`: what is wrong, and where.', {
    type: [IvrProblemDto],
    required: false,
  })
  problems?: IvrProblemDto[];
}

const MEANINGS: Record<number, string> = {
  400: 'The request is wrong: `request.invalid`, `request.invalid_json`, `cursor.invalid`, `tenant.required`, `ivr_flow.invalid`, `ivr_answer.invalid`, `ivr_route.bad_did`.',
  401: 'No key, or one that is unknown, revoked or expired: `key.missing`, `key.invalid`, `key.revoked`, `key.expired`; or a session that has ended: `session.ended`; or a wrong password or code: `sign_in.refused`, `totp.needed`, `totp.refused`.',
  403: 'The key or the role may not do this: `scope.missing`, `role.missing`, `operator.required`, `tenant.forbidden`; `totp.required`, `sso.required`; or only people may: `session.required`; or another site asks: `session.cross_site`.',
  404: 'There is no such thing, or no such tenant to act for: `resource.not_found`.',
  413: 'The body is larger than 1 MiB: `request.too_large`.',
  414: 'A part of the path is longer than anything that is named so.',
  415: 'The body is not JSON in UTF-8: `request.unsupported_media_type`, `request.unsupported_charset`, `request.unsupported_encoding`.',
  409: 'It cannot be done in the present state; the code says why.',
  412: 'It has another version than `If-Match` says, and nothing was changed: `resource.changed`.',
  422: 'The idempotency key was used for another request: `idempotency.mismatch`.',
  429: 'The key has used up its requests of this minute: `rate.limited`; or its address sent too many wrong keys or passwords: `key.too_many_wrong`, `session.too_many_wrong`, `sign_in.too_many`. `Retry-After` says how long to wait.',
  503: 'The database does not answer: `database.unavailable`; or an identity provider: `oidc.provider_away`. `Retry-After` says when to try again.',
};

export function problemMeaning(status: number): string {
  return MEANINGS[status] ?? '';
}

/** Documents the problems that an operation can answer with. */
export function Problems(...statuses: number[]): ClassDecorator & MethodDecorator {
  const schema = { $ref: getSchemaPath(ProblemDto) };
  return applyDecorators(
    ApiExtraModels(ProblemDto),
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: problemMeaning(status),
        content: { 'application/problem+json': { schema } },
      }),
    ),
  );
}
