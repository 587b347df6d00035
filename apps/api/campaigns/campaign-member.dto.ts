import { applyDecorators } from '@nestjs/common';
import { ArrayMinSize } from 'class-validator';
import { TextsField } from '../http/field.decorator.js';
import { Shown } from '../http/shown.decorator.js';

const MOST = 1_000;
const EXTENSION = /^\S{1,64}$/;

function ExtensionsField({ min }: { min: number }): PropertyDecorator {
  const about = 'The PBX’s words of their phones, as they stand at /v1/connections/{id}/extensions.';
  return applyDecorators(
    TextsField({ about, most: MOST, pattern: EXTENSION, example: ['101', '102'] }),
    ArrayMinSize(min),
  );
}

export class PutMembersDto {
  @ExtensionsField({ min: 0 })
  extensions!: string[];
}

export class AddMembersDto {
  @ExtensionsField({ min: 1 })
  extensions!: string[];
}

export class MembersDto {
  @Shown('In the order in which they were added.', { type: [String], example: ['101', '102'] })
  extensions!: string[];
}
