/** What somebody begins with who writes a mapping: short, sound, and with an example of most things. */
export const STARTER_MAPPING = {
  title: 'My PBX',
  guide: ['Tell the PBX to send its events to the URL below, by POST.'],
  routes: [{ name: 'event', what: 'Events of calls' }],
  shapes: [
    {
      name: 'A call begins, is answered or ends',
      phase: {
        at: 'event',
        words: { ringing: 'ringing', answered: 'answered', hangup: 'ended' },
      },
      call: 'call_id',
      direction: { at: 'direction', words: { in: 'inbound', out: 'outbound' }, otherwise: 'inbound' },
      from: 'from',
      to: 'to',
      extension: 'extension',
      startedAt: 'started_at',
      answeredAt: 'answered_at',
      endedAt: 'ended_at',
    },
  ],
};
