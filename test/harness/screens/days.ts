import { AGENT_DAY } from './agent-day.js';
import { CONNECTIONS_DAY } from './connections-day.js';
import { PORTAL_DAY } from './portal-day.js';
import { SETTINGS_DAY } from './settings-day.js';
import { callsDay } from './calls-day.js';
import { campaignsDay } from './campaigns-day.js';
import { connectorsDay } from './connectors-day.js';
import { contactsDay } from './contacts-day.js';
import { deliveriesDay } from './deliveries-day.js';
import { endpointsDay } from './endpoints-day.js';
import { ivrDay } from './ivr-day.js';
import { operatorDay } from './operator-day.js';
import { overviewDay } from './overview-day.js';
import { replaysDay } from './replays-day.js';
import { shellDay } from './shell-day.js';
import { wallboardDay } from './wallboard-day.js';
import type { Day } from './stage.js';

const ALL: Readonly<Record<string, Day>> = {
  shell: shellDay,
  agent: AGENT_DAY,
  settings: SETTINGS_DAY,
  portal: PORTAL_DAY,
  calls: callsDay,
  deliveries: deliveriesDay,
  replays: replaysDay,
  endpoints: endpointsDay,
  connections: CONNECTIONS_DAY,
  connectors: connectorsDay,
  contacts: contactsDay,
  ivr: ivrDay,
  overview: overviewDay,
  operator: operatorDay,
  campaigns: campaignsDay,
  wallboard: wallboardDay,
};

/** The days that are played in the console, one after the other, on one product. `DAYS=calls,ivr` plays only these. */
export const DAYS = Object.entries(ALL).filter(
  ([name]) => process.env['DAYS']?.split(',').includes(name) ?? true,
);
