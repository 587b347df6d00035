import { readEndpointAccess, type EndpointId } from '#domain';
import { sealedFor, type EndpointPlaces } from '#db';
import type { SecretBox } from '#platform';
import { requireHttps } from './require-https.js';

/**
 * Where an endpoint's requests may go with what they carry, judged when they are to go somewhere else.
 *
 * @returns throws AppError `request.invalid` for a place that its credentials must not be taken to
 */
export function mayGoToIn(
  box: Pick<SecretBox, 'open'>,
  endpointId: EndpointId,
): (places: EndpointPlaces, sealedAccess: string) => void {
  return (places, sealedAccess) => {
    requireHttps(readEndpointAccess(box.open(sealedAccess, sealedFor.endpointAccess(endpointId))), places);
  };
}
