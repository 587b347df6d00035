import type { Mapping } from '../mapping.js';
import { threeCx } from './3cx/mapping.js';
import { aircall } from './aircall/mapping.js';
import { freeswitch } from './freeswitch/mapping.js';
import { plain } from './plain/mapping.js';
import { placetel } from './placetel/mapping.js';
import { sipgate } from './sipgate/mapping.js';
import { telnyx } from './telnyx/mapping.js';
import { twilio } from './twilio/mapping.js';
import { yeastar } from './yeastar/mapping.js';

/** Mappings that come with the product, by the name that a connection gives. */
export const SHIPPED_MAPPINGS: Readonly<Record<string, Mapping>> = {
  '3cx': threeCx,
  aircall,
  freeswitch,
  plain,
  placetel,
  sipgate,
  telnyx,
  twilio,
  yeastar,
};
