import type { CrmCase } from './fake-crm.fixture.js';
import { close } from '../close/close.fixture.js';
import { dynamics } from '../dynamics/dynamics.fixture.js';
import { espocrm } from '../espocrm/espocrm.fixture.js';
import { gohighlevel } from '../gohighlevel/gohighlevel.fixture.js';
import { kommo } from '../kommo/kommo.fixture.js';
import { monday } from '../monday/monday.fixture.js';

/** One line each. */
export const CASES: readonly CrmCase[] = [close, dynamics, espocrm, gohighlevel, kommo, monday];
