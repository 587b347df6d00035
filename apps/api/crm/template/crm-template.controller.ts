import { Body, Post } from '@nestjs/common';
import { May } from '../../access/access.guard.js';
import { Answers } from '../../http/answers.decorator.js';
import { ApiController } from '../../http/api-controller.decorator.js';
import { CrmTemplateDraftDto, CrmTemplateDto } from './crm-template.dto.js';
import { readTemplate } from './read-template.js';

@ApiController('connectors/generic/template', 'CRM')
@May('manage')
export class CrmTemplateController {
  @Post()
  @Answers(200, 'Read a CRM template of 3CX', {
    type: CrmTemplateDto,
    about:
      'Makes it into settings for an endpoint of the format `generic`, and says what of it was not taken. Nothing is stored: look at ' +
      'them, and make an endpoint of them.',
  })
  read(@Body() draft: CrmTemplateDraftDto): CrmTemplateDto {
    return readTemplate(draft);
  }
}
