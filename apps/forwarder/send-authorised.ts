import type { DueDelivery } from '#db';
import type { Writing } from '#formats';
import { authorise, type TokenSources } from '#platform';
import type { Route } from './route.js';
import type { CarriedEntry, CarryEntry } from './crm/carry-entry.js';
import { sendMessages, type SendParts, type SentMessages } from './send-messages.js';

type Carried = SentMessages | CarriedEntry;

/** With the access token that went along, null where none did. */
export type SentAuthorised =
  | (Extract<Carried, { kind: 'exchanged' }> & { token: string | null })
  | Exclude<Carried, { kind: 'exchanged' }>;

export interface SendAuthorisedParts extends SendParts, TokenSources {
  carry: Pick<CarryEntry, 'run'>;
}

/**
 * Sends with the endpoint's own headers and credentials. Where there is no access token to be had nothing is sent, and that
 * is how the try ended.
 *
 * @param refused  the access token that the endpoint took no more, if any: a new one is fetched
 */
export async function sendAuthorised(
  writing: Exclude<Writing, { kind: 'nothing' }>,
  delivery: DueDelivery,
  { route, refused }: { route: Route; refused: string | null },
  parts: SendAuthorisedParts,
): Promise<SentAuthorised> {
  const { target, access, signal } = route;
  const { endpointId, sealedAccess, grantEpoch, timeoutMs } = target;
  const need = { endpointId, access, sealedAccess, grantEpoch, timeoutMs, signal };
  const authorised = await authorise(need, refused, parts);
  if (authorised.kind === 'aborted') return authorised;
  if (authorised.kind === 'failed') {
    return { ...authorised, kind: 'exchanged', done: delivery.partsDone, token: null };
  }
  const { headers, token, baseUrl } = authorised;
  const way = {
    headers,
    target: baseUrl === null ? target : { ...target, url: baseUrl },
    writer: route.writer,
    secrets: route.secrets,
    access,
    certificate: route.certificate,
    fence: route.fence,
    signal,
    lastWord: route.lastWord,
  };
  const sent: Carried =
    writing.kind === 'entry'
      ? await parts.carry.run(writing, delivery, way)
      : await sendMessages(writing, delivery, way, parts);
  // Onto what is nobody else's yet: every delivery passes here.
  return sent.kind === 'exchanged' ? Object.assign(sent, { token }) : sent;
}
