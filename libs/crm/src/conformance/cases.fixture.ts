import type { CrmCase } from './fake-crm.fixture.js';
import { dynamics } from '../dynamics/dynamics.fixture.js';
import { espocrm } from '../espocrm/espocrm.fixture.js';
import { kommo } from '../kommo/kommo.fixture.js';

/** One line each. */
export const CASES: readonly CrmCase[] = [dynamics, espocrm, kommo];
