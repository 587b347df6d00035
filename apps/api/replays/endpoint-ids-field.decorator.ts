import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsUUID, ValidateIf } from 'class-validator';

const MOST = 100;

/** Some of the tenant's endpoints; may be left out. */
export function EndpointIdsField(): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_, value: unknown) => value !== undefined),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(MOST),
    IsUUID(undefined, { each: true }),
    ApiProperty({
      description: 'Only these endpoints. With the kind `missed` exactly one. Default: all of them.',
      type: 'array',
      items: { type: 'string', format: 'uuid' },
      minItems: 1,
      maxItems: MOST,
      required: false,
    }),
  );
}
