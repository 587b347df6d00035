import type { Connector } from './connector.js';
import { espocrm } from './espocrm/espocrm.js';
import { hubspot } from './hubspot/hubspot.js';
import { pipedrive } from './pipedrive/pipedrive.js';
import { salesforce } from './salesforce/salesforce.js';
import { zendesk } from './zendesk/zendesk.js';
import { zoho } from './zoho/zoho.js';

/** Every connector, one line each. */
export const CONNECTORS: readonly Connector[] = [espocrm, hubspot, pipedrive, salesforce, zendesk, zoho];

const byName = new Map(CONNECTORS.map((connector) => [connector.name, connector]));

/** Undefined for a name that no connector has. */
export function connectorNamed(name: string): Connector | undefined {
  return byName.get(name);
}
