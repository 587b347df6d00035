import type { Connector } from './connector.js';
import { espocrm } from './espocrm/espocrm.js';
import { http } from './http/http.js';
import { tryton } from './tryton/tryton.js';

/** Every connector, one line each. */
export const CONNECTORS: readonly Connector[] = [espocrm, http, tryton];

const byName = new Map(CONNECTORS.map((connector) => [connector.name, connector]));

/** Undefined for a name that no connector has. */
export function connectorNamed(name: string): Connector | undefined {
  return byName.get(name);
}
