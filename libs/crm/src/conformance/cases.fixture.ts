import type { CrmCase } from './fake-crm.fixture.js';
import { close } from '../close/close.fixture.js';
import { dynamics } from '../dynamics/dynamics.fixture.js';
import { espocrm } from '../espocrm/espocrm.fixture.js';
import { gohighlevel } from '../gohighlevel/gohighlevel.fixture.js';
import { hubspot } from '../hubspot/hubspot.fixture.js';
import { kommo } from '../kommo/kommo.fixture.js';
import { monday } from '../monday/monday.fixture.js';
import { pipedrive } from '../pipedrive/pipedrive.fixture.js';
import { salesforce } from '../salesforce/salesforce.fixture.js';
import { zendesk } from '../zendesk/zendesk.fixture.js';
import { zoho } from '../zoho/zoho.fixture.js';

/** One line each. */
export const CASES: readonly CrmCase[] = [
  close,
  dynamics,
  espocrm,
  gohighlevel,
  hubspot,
  kommo,
  monday,
  pipedrive,
  salesforce,
  zendesk,
  zoho,
];
