import type { CrmCase } from './fake-crm.fixture.js';
import { espocrm } from '../espocrm/espocrm.fixture.js';
import { http } from '../http/http.fixture.js';
import { tryton } from '../tryton/tryton.fixture.js';

/** One line each. */
export const CASES: readonly CrmCase[] = [espocrm, http, tryton];
