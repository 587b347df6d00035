import type { Connector } from './connector.js';
import { bitrix24 } from './bitrix24/bitrix24.js';
import { espocrm } from './espocrm/espocrm.js';
import { freshdesk } from './freshdesk/freshdesk.js';
import { odoo } from './odoo/odoo.js';
import { suitecrm } from './suitecrm/suitecrm.js';
import { twenty } from './twenty/twenty.js';

/** Every connector, one line each. */
export const CONNECTORS: readonly Connector[] = [bitrix24, espocrm, freshdesk, odoo, suitecrm, twenty];

const byName = new Map(CONNECTORS.map((connector) => [connector.name, connector]));

/** Undefined for a name that no connector has. */
export function connectorNamed(name: string): Connector | undefined {
  return byName.get(name);
}
