import type { CrmTemplateReading } from '#crm';
import { ObjectField, TextField } from '../../http/field.decorator.js';
import { SHOWN, Shown } from '../../http/shown.decorator.js';

const LONGEST_XML = 500_000;
const KINDS = ['none', 'basic', 'bearer', 'header', 'oauth2'] as const;

export class CrmTemplateDraftDto {
  @TextField({
    about:
      'The template: an XML document with the root `Crm`, as the telephone system has it. It has no document type.',
    max: LONGEST_XML,
    example: '<Crm Name="Desk"><Scenarios>...</Scenarios></Crm>',
  })
  xml!: string;

  @ObjectField({
    about:
      'Values of its parameters by name, as texts, where they are other than its defaults. No secrets: these are not taken.',
    optional: true,
    example: { Domain: 'crm.example' },
  })
  values?: Record<string, unknown>;
}

type Takes = CrmTemplateReading['takes'];

export class TemplateCredentialDto {
  @Shown('Kind of credentials that its endpoint needs; `header`: a key in the header that is named.', {
    type: String,
    enum: [...KINDS],
  })
  kind!: Takes['credential']['kind'];

  @Shown('The header, in lower case; null for another kind.', SHOWN.textOrNull)
  header!: string | null;

  @Shown('What goes there, as the template writes it, with the names of its secrets.', { type: String })
  how!: string;
}

export class TemplateParameterDto {
  @Shown('Its name, for `values`.', { type: String, example: 'Domain' })
  name!: string;

  @Shown('As people are asked for it.', { type: String })
  title!: string;

  @Shown('What it is now.', { type: String })
  value!: string;
}

export class CrmTemplateDto {
  @Shown('The template’s own name.', { type: String, example: 'Desk' })
  name!: string;

  @Shown('`formatSettings` for an endpoint of the format `generic`.', {
    type: 'object',
    additionalProperties: true,
  })
  settings!: Record<string, unknown>;

  @Shown('Whether they can be used as they are; else they are a beginning.', { type: Boolean })
  ready!: boolean;

  @Shown('How many lookups were taken.', { type: 'integer' })
  lookups!: number;

  @Shown('Whether contacts can be made.', { type: Boolean })
  create!: boolean;

  @Shown('Whether calls are logged; without it the CRM can only be asked who is calling.', { type: Boolean })
  log!: boolean;

  @Shown('The credentials that the endpoint needs.', { type: TemplateCredentialDto })
  credential!: TemplateCredentialDto;

  @Shown('Parameters that the endpoint’s own URL stands for.', { type: [String] })
  ownUrl!: string[];

  @Shown('Parameters that may be given a value.', { type: [TemplateParameterDto] })
  parameters!: TemplateParameterDto[];

  @Shown('What is in it and was not taken, in sentences.', { type: [String] })
  cannotTake!: string[];
}
