import { HttpCode, applyDecorators, type Type } from '@nestjs/common';
import { ApiOperation, ApiResponse } from '@nestjs/swagger';

/** What an operation does and answers: its status, its documentation. */
export function Answers(
  status: 200 | 201 | 202 | 204,
  summary: string,
  options: { type?: Type; about?: string } = {},
): MethodDecorator {
  const { type, about } = options;
  return applyDecorators(
    HttpCode(status),
    ApiOperation({ summary, ...(about === undefined ? {} : { description: about }) }),
    ApiResponse({
      status,
      description: type === undefined ? 'Done.' : '',
      ...(type === undefined ? {} : { type }),
    }),
  );
}
