import type { Connector } from './connector.js';
import { bitrix24 } from './bitrix24/bitrix24.js';
import { close } from './close/close.js';
import { dynamics } from './dynamics/dynamics.js';
import { espocrm } from './espocrm/espocrm.js';
import { freshdesk } from './freshdesk/freshdesk.js';
import { gohighlevel } from './gohighlevel/gohighlevel.js';
import { http } from './http/http.js';
import { hubspot } from './hubspot/hubspot.js';
import { kommo } from './kommo/kommo.js';
import { monday } from './monday/monday.js';
import { odoo } from './odoo/odoo.js';
import { pipedrive } from './pipedrive/pipedrive.js';
import { salesforce } from './salesforce/salesforce.js';
import { suitecrm } from './suitecrm/suitecrm.js';
import { tryton } from './tryton/tryton.js';
import { twenty } from './twenty/twenty.js';
import { zendesk } from './zendesk/zendesk.js';
import { zoho } from './zoho/zoho.js';

/** Every connector, one line each. */
export const CONNECTORS: readonly Connector[] = [
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
  pipedrive,
  salesforce,
  suitecrm,
  tryton,
  twenty,
  zendesk,
  zoho,
];

const byName = new Map(CONNECTORS.map((connector) => [connector.name, connector]));

/** Undefined for a name that no connector has. */
export function connectorNamed(name: string): Connector | undefined {
  return byName.get(name);
}
