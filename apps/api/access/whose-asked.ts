import { AppError } from '#domain';
import { OPERATOR, type Whose } from '#db';
import { invalidRequest } from '../http/validation.pipe.js';
import { tenantRequired, type Caller } from './caller.js';

/**
 * Whose rows a request asks for, where the operator has rows of its own. An operator asks for those in words
 * (`operator: true`): who only forgot to name a tenant gets an error and not a key to everything.
 *
 * @throws AppError `operator.required`, `tenant.required`, `request.invalid`
 */
export function whoseAsked(caller: Caller, operator: boolean): Whose {
  if (!operator) {
    if (caller.tenant === null) throw tenantRequired();
    return caller.tenant;
  }
  if (!caller.operator) {
    throw new AppError('rejected', 'operator.required', 'Only an operator key may do this.', { status: 403 });
  }
  if (caller.tenant !== null) {
    const message = 'operator cannot be true together with the header Switchhook-Tenant';
    throw invalidRequest([{ field: 'operator', message }]);
  }
  return OPERATOR;
}
