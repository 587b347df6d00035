import { readCrmTemplate } from '#crm';
import { invalidRequest } from '../../http/validation.pipe.js';
import type { CrmTemplateDraftDto, CrmTemplateDto } from './crm-template.dto.js';

/** A template as settings of the generic connector. Nothing is stored. @throws AppError `request.invalid` for what is none */
export function readTemplate({ xml, values = {} }: CrmTemplateDraftDto): CrmTemplateDto {
  const texts = Object.entries(values).map(([name, value]): [string, string] => {
    if (typeof value === 'string') return [name, value];
    throw invalidRequest([{ field: 'values', message: `values.${name} must be a text` }]);
  });
  const { name, settings, ready, takes, cannotTake } = readCrmTemplate(xml, Object.fromEntries(texts));
  if (settings === null) throw invalidRequest([{ field: 'xml', message: cannotTake.join(' ') }]);
  const { lookups, create, log, credential, ownUrl, parameters } = takes;
  const { kind, header = null, how } = credential;
  return {
    ...{ name, settings, ready, lookups, create, log },
    credential: { kind, header, how },
    ownUrl: [...ownUrl],
    parameters: [...parameters],
    cannotTake: [...cannotTake],
  };
}
