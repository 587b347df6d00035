import type { CrmCase } from './fake-crm.fixture.js';
import { bitrix24 } from '../bitrix24/bitrix24.fixture.js';
import { close } from '../close/close.fixture.js';
import { dynamics } from '../dynamics/dynamics.fixture.js';
import { espocrm } from '../espocrm/espocrm.fixture.js';
import { freshdesk } from '../freshdesk/freshdesk.fixture.js';
import { gohighlevel } from '../gohighlevel/gohighlevel.fixture.js';
import { http } from '../http/http.fixture.js';
import { hubspot } from '../hubspot/hubspot.fixture.js';
import { kommo } from '../kommo/kommo.fixture.js';
import { monday } from '../monday/monday.fixture.js';
import { odoo, odooByRpc } from '../odoo/odoo.fixture.js';
import { pipedrive } from '../pipedrive/pipedrive.fixture.js';
import { salesforce } from '../salesforce/salesforce.fixture.js';
import { suitecrm } from '../suitecrm/suitecrm.fixture.js';
import { tryton } from '../tryton/tryton.fixture.js';
import { twenty } from '../twenty/twenty.fixture.js';
import { zendesk } from '../zendesk/zendesk.fixture.js';
import { zoho } from '../zoho/zoho.fixture.js';

/** One line each. */
export const CASES: readonly CrmCase[] = [
  bitrix24,
  close,
  dynamics,
  espocrm,
  freshdesk,
  gohighlevel,
  http,
  hubspot,
  kommo,
  monday,
  odoo,
  odooByRpc,
  pipedrive,
  salesforce,
  suitecrm,
  tryton,
  twenty,
  zendesk,
  zoho,
];
