import { Get, Param } from '@nestjs/common';
import { DIALECTS, dialectNamed } from '#dialects';
import { For, May } from '../access/access.guard.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { found } from '../http/found.js';
import { Problems } from '../http/problem.dto.js';
import { dialectView } from './dialect-view.js';
import { DialectDto, DialectListDto } from './dialect.dto.js';

@ApiController('dialects', 'Dialects')
@May('see')
@For('either')
export class DialectsController {
  @Get()
  @Answers(200, 'List the dialects that connections can speak', {
    type: DialectListDto,
    about: 'With the steps by which a PBX is made to speak to us.',
  })
  list(): DialectListDto {
    return { data: DIALECTS.map(dialectView) };
  }

  @Get(':name')
  @Answers(200, 'Get a dialect', { type: DialectDto })
  @Problems(404)
  get(@Param('name') name: string): DialectDto {
    return dialectView(found(dialectNamed(name), 'dialect'));
  }
}
