import type { RawRoutes } from '#platform';
import { WebhookDoor } from './door/webhook-door.js';

/** Everything below /in/ is a PBX speaking. */
export const ingressRoutes: RawRoutes = {
  prefix: '/in/',
  doorOf: (app) => app.get(WebhookDoor, { strict: false }),
};
