import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { AppError } from '#domain';

/** Checks a request against its DTO; members that the DTO does not know are errors, not noise. */
export function requestValidation(): ValidationPipe {
  return new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted: true,
    transform: true,
    stopAtFirstError: true,
    exceptionFactory: (errors) => invalidRequest(fieldErrors(errors)),
  });
}

export interface FieldError {
  /** Path of the member, e.g. `settings.errSpelling`. */
  field: string;
  message: string;
}

export function invalidRequest(errors: readonly FieldError[]): AppError {
  const names = errors.map(({ field }) => field).join(', ');
  return new AppError('rejected', 'request.invalid', `The request has members that are wrong: ${names}.`, {
    details: { errors },
  });
}

/** The tree of class-validator as a flat list. */
export function fieldErrors(errors: readonly ValidationError[], above = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = above === '' ? error.property : `${above}.${error.property}`;
    const own = Object.values(error.constraints ?? {}).map((message) => ({ field, message }));
    return [...own, ...fieldErrors(error.children ?? [], field)];
  });
}
