import type { Connector } from './connector.js';
import { close } from './close/close.js';
import { dynamics } from './dynamics/dynamics.js';
import { espocrm } from './espocrm/espocrm.js';
import { gohighlevel } from './gohighlevel/gohighlevel.js';
import { hubspot } from './hubspot/hubspot.js';
import { kommo } from './kommo/kommo.js';
import { monday } from './monday/monday.js';
import { pipedrive } from './pipedrive/pipedrive.js';
import { salesforce } from './salesforce/salesforce.js';
import { zendesk } from './zendesk/zendesk.js';
import { zoho } from './zoho/zoho.js';

/** Every connector, one line each. */
export const CONNECTORS: readonly Connector[] = [
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

const byName = new Map(CONNECTORS.map((connector) => [connector.name, connector]));

/** Undefined for a name that no connector has. */
export function connectorNamed(name: string): Connector | undefined {
  return byName.get(name);
}
