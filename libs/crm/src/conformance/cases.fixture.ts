import type { CrmCase } from './fake-crm.fixture.js';
import { bitrix24 } from '../bitrix24/bitrix24.fixture.js';
import { espocrm } from '../espocrm/espocrm.fixture.js';
import { freshdesk } from '../freshdesk/freshdesk.fixture.js';
import { odoo, odooByRpc } from '../odoo/odoo.fixture.js';
import { suitecrm } from '../suitecrm/suitecrm.fixture.js';
import { twenty } from '../twenty/twenty.fixture.js';

/** One line each. */
export const CASES: readonly CrmCase[] = [bitrix24, espocrm, freshdesk, odoo, odooByRpc, suitecrm, twenty];
