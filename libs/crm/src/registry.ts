import type { Connector } from './connector.js';
import { close } from './close/close.js';
import { dynamics } from './dynamics/dynamics.js';
import { espocrm } from './espocrm/espocrm.js';
import { gohighlevel } from './gohighlevel/gohighlevel.js';
import { kommo } from './kommo/kommo.js';
import { monday } from './monday/monday.js';

/** Every connector, one line each. */
export const CONNECTORS: readonly Connector[] = [close, dynamics, espocrm, gohighlevel, kommo, monday];

const byName = new Map(CONNECTORS.map((connector) => [connector.name, connector]));

/** Undefined for a name that no connector has. */
export function connectorNamed(name: string): Connector | undefined {
  return byName.get(name);
}
