import { Controller, UseGuards, UsePipes, applyDecorators } from '@nestjs/common';
import { ApiExtension, ApiHeader, ApiTags } from '@nestjs/swagger';
import { ROLES } from '#domain';
import { ROLES_MEMBER } from '../access/access.guard.js';
import { CHANGE_HEADER } from '../access/judge-origin.js';
import { RequestPipe } from '../http/validation.pipe.js';
import { OurPageGuard } from './our-page.guard.js';

/** Member of an operation in the OpenAPI document that needs neither key nor session. */
export const OPEN_MEMBER = 'x-open';

/** A controller of the REST API for who has not signed in yet. */
export function OpenController(path: string, tag: string): ClassDecorator {
  return applyDecorators(
    Controller(`v1/${path}`),
    ApiTags(tag),
    ApiHeader({
      name: CHANGE_HEADER,
      required: true,
      description:
        'Anything: it says that a page of ours asks. So must `Sec-Fetch-Site` or `Origin`, which browsers send.',
      schema: { type: 'string' },
    }),
    ApiExtension(OPEN_MEMBER, true),
    ApiExtension(ROLES_MEMBER, [...ROLES]),
    UseGuards(OurPageGuard),
    UsePipes(new RequestPipe()),
  );
}
