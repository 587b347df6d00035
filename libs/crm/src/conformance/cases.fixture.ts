import type { CrmCase } from './fake-crm.fixture.js';
import { espocrm } from '../espocrm/espocrm.fixture.js';
import { hubspot } from '../hubspot/hubspot.fixture.js';
import { pipedrive } from '../pipedrive/pipedrive.fixture.js';
import { salesforce } from '../salesforce/salesforce.fixture.js';
import { zendesk } from '../zendesk/zendesk.fixture.js';
import { zoho } from '../zoho/zoho.fixture.js';

/** One line each. */
export const CASES: readonly CrmCase[] = [espocrm, hubspot, pipedrive, salesforce, zendesk, zoho];
