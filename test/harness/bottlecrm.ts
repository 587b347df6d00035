/** How a tenant would describe BottleCRM to the generic connector: its search for numbers is literal, and it keeps no id of ours. */
const TEXTS = { subject: '{{ call.subject }}', body: '{{ call.body }}' };

export const BOTTLECRM = {
  numbers: ['e164', 'significant', '0##-###-####', '0#-###-####', '## ### ####'],
  lookups: [
    {
      type: 'contact',
      request: { url: '/api/contacts/', query: { phone: '{{ number }}', limit: '20' } },
      list: 'results',
      fields: {
        firstName: 'first_name',
        lastName: 'last_name',
        company: 'organization',
        phones: ['phone', 'phone_e164'],
        owner: 'assigned_to.id',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
  ],
  create: {
    type: 'contact',
    request: {
      method: 'POST',
      url: '/api/contacts/',
      json: {
        first_name: '{{ draft.firstName | default: "-" }}',
        last_name: '{{ draft.lastName }}',
        phone: '{{ number }}',
        description: '{{ draft.description }}',
      },
    },
  },
  log: {
    type: 'interaction',
    request: {
      method: 'POST',
      url: '/api/interactions/',
      json: {
        ...TEXTS,
        kind: 'call',
        contact: '{{ contact.id }}',
        direction: '{{ call.direction }}',
        occurred_at: '{{ call.started.iso }}',
        duration_seconds: '{{ call.talkSeconds }}',
        outcome: '{{ words.outcome }}',
      },
    },
  },
  find: {
    request: { url: '/api/interactions/', query: { contact: '{{ contact.id }}', limit: '200' } },
    list: 'interactions',
    text: 'body',
  },
  update: {
    read: {
      request: { url: '/api/interactions/', query: { contact: '{{ contact.id }}', limit: '200' } },
      list: 'interactions',
      subject: 'subject',
      body: 'body',
    },
    request: {
      method: 'PATCH',
      url: '/api/interactions/{{ record.id }}/',
      json: { ...TEXTS, duration_seconds: '{{ call.talkSeconds }}', outcome: '{{ words.outcome }}' },
    },
  },
  answers: [
    { status: [400], path: 'errors.phone', means: 'bad number', reason: 'errors.phone' },
    { status: [400], path: 'errors', means: 'refused', reason: 'errors.*' },
    { status: [403], path: 'detail', means: 'unauthorised', reason: 'detail' },
  ],
  words: {
    outcome: {
      of: 'call.result',
      to: { answered: 'connected', busy: 'busy', voicemail: 'voicemail' },
      otherwise: 'no_answer',
    },
  },
};
