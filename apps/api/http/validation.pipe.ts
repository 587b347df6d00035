import { ValidationPipe, type ArgumentMetadata, type ValidationError } from '@nestjs/common';
import { AppError } from '#domain';
import { asGivenWith } from './as-given.js';
import { faultIn } from './fault-in.js';

/** Checks a request against its DTO; members that the DTO does not know are errors, not noise. */
export class RequestPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      transform: true,
      stopAtFirstError: true,
      transformerPackage: asGivenWith(unknownMember),
      exceptionFactory: (errors) => invalidRequest(fieldErrors(errors)),
    });
  }

  /** @throws AppError `request.invalid` */
  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type !== 'body' && metadata.type !== 'query') return Promise.resolve(value);
    // A body may be left out where every member may; an array would slip through a check for members.
    const given = value ?? {};
    if (typeof given !== 'object' || Array.isArray(given)) {
      throw invalidRequest([{ field: metadata.type, message: `The ${metadata.type} must be a JSON object` }]);
    }
    const fault = faultIn(given);
    if (fault) {
      const field = fault.path === '' ? metadata.type : fault.path;
      throw invalidRequest([{ field, message: `${field} ${fault.problem}` }]);
    }
    return super.transform(given, metadata);
  }

  /** What would have to be taken away has been refused. */
  protected override stripProtoKeys(): void {
    return;
  }
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

function unknownMember(name: string): never {
  throw invalidRequest([{ field: name, message: `property ${name} should not exist` }]);
}

/** The tree of class-validator as a flat list. */
export function fieldErrors(errors: readonly ValidationError[], above = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = above === '' ? error.property : `${above}.${error.property}`;
    const own = Object.values(error.constraints ?? {}).map((message) => ({ field, message }));
    return [...own, ...fieldErrors(error.children ?? [], field)];
  });
}
