import type { EndpointDraft } from './endpoint-draft';
import type { FieldErrors } from './field-errors';

/** What every part of the form is given. */
export interface PartProps {
  tenant: string;
  draft: EndpointDraft;
  set: (patch: Partial<EndpointDraft>) => void;
  errors: FieldErrors;
}
