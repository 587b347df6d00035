import { Get } from '@nestjs/common';
import { dialPacks } from '#domain';
import { May } from '../access/access.guard.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { DialPacksDto } from './campaign-insight.dto.js';

/** Rules that campaigns choose. */
@ApiController('dial-packs', 'Campaigns')
@May('see')
export class DialPacksController {
  @Get()
  @Answers(200, 'List the packs of dialling rules', {
    type: DialPacksDto,
    about:
      'Each is what a machine can watch of the rules of a place. None is legal advice: what a campaign has to keep to is for those ' +
      'who run it to find out.',
  })
  list(): DialPacksDto {
    return { data: dialPacks.map((pack) => ({ ...pack, sources: [...pack.sources] })) };
  }
}
