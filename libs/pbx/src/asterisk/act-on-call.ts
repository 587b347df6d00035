/** What can be done to a call that goes on. ARI acts on channels: which of them are meant is looked up where the call's own is not there. */
import { refused } from '../conversation.js';
import type { DriverAnswer, DriverIo } from '../driver.js';
import { askAri, type Said, type Unsaid } from './ari.js';
import { isOuter } from './channel.js';
import { allChannels } from './live-calls.js';

export interface NamedCall {
  extension: string | null;
  vendorCallId: string | null;
}

const NO_CALL = 'Neither the call nor an extension is known, so nothing was sent.';
const GONE = 'The PBX has no such call any more.';

/** Ends one call, or all of an extension where the call is not known by an id. */
export async function hangUp(
  { extension, vendorCallId }: NamedCall,
  io: DriverIo,
): Promise<DriverAnswer<{ endsAllOfExtension: boolean }>> {
  if (vendorCallId === null && extension === null) return refused(NO_CALL);
  const endsAllOfExtension = vendorCallId === null;
  if (vendorCallId !== null) {
    // The channel that began the call, as long as it is there: with it the whole call ends.
    const ended = await end(vendorCallId, io);
    if (ended.kind === 'said') return { kind: 'done', endsAllOfExtension };
    if (ended.status !== 404) return ended;
  }
  const found = await allChannels(io);
  if (found.kind !== 'channels') return found;
  const meant = found.channels.filter((channel) =>
    vendorCallId === null
      ? channel.endpoint === extension
      : channel.callId === vendorCallId && isOuter(channel),
  );
  // The channel of that id has been asked for already.
  const answers = await Promise.all(
    meant.filter(({ id }) => id !== vendorCallId).map(({ id }) => end(id, io)),
  );
  return summedUp(answers, endsAllOfExtension);
}

/** One that has gone in between is as good as ended. */
function summedUp(
  answers: readonly (Said | Unsaid)[],
  endsAllOfExtension: boolean,
): DriverAnswer<{ endsAllOfExtension: boolean }> {
  const failure = answers.find((answer) => answer.kind !== 'said' && answer.status !== 404);
  if (failure !== undefined && failure.kind !== 'said') return failure;
  if (!answers.some(({ kind }) => kind === 'said')) return refused(GONE);
  return { kind: 'done', endsAllOfExtension };
}

function end(channel: string, io: DriverIo): Promise<Said | Unsaid> {
  return askAri({ method: 'DELETE', path: `channels/${encodeURIComponent(channel)}` }, io);
}
