import type { CallScript } from '../scripts/call-script.js';
import { ring, type Cast } from './cast.js';

/** The customer presses his way through a menu that the tenant steers, then a phone rings and is answered. */
export function ivrWalk(cast: Cast): CallScript {
  return walk(cast, true);
}

/** The same in a menu that the PBX keeps itself. */
export function ivrLayers(cast: Cast): CallScript {
  return walk(cast, false);
}

function walk(cast: Cast, steered: boolean): CallScript {
  const first = cast.between(4, 10);
  const second = first + cast.between(4, 10);
  const from = second + 2;
  const answered = from + cast.between(2, 12);
  const until = answered + cast.talk();
  const presses = [first, second].map((at) => ({ at, digits: String(cast.between(1, 4)) }));
  const { id: layerId, name: layerName } = cast.office.menu;
  return cast.script({
    direction: 'inbound',
    menu: { steered, presses, layerId, layerName },
    parts: [ring({ agent: cast.agent(), from, answered, until, end: 'talked' })],
    until,
  });
}
