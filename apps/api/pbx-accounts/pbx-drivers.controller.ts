import { Get, Inject } from '@nestjs/common';
import { May } from '../access/access.guard.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { PbxAccountDesk } from './pbx-account-desk.js';
import { PbxDriversDto } from './pbx-account.dto.js';

@ApiController('pbx-drivers', 'PBX control')
@May('see')
export class PbxDriversController {
  constructor(@Inject(PbxAccountDesk) private readonly desk: PbxAccountDesk) {}

  @Get()
  @Answers(200, 'List the PBXs that can be commanded', {
    type: PbxDriversDto,
    about: 'With what the account of each is made of, and what it can do.',
  })
  list(): PbxDriversDto {
    return this.desk.list();
  }
}
