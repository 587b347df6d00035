const text = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(String).join(', ')
    : typeof value === 'number'
      ? String(value)
      : typeof value === 'string'
        ? value
        : '';
const tries = (count: unknown): string => (count === 1 ? '1 try' : `${text(count)} tries`);
const soFar = (count: unknown): string =>
  count === 0 ? 'It was not tried yet.' : `It failed in ${tries(count)}.`;

type Params = Readonly<Record<string, unknown>>;
/** @param at  reads a time */
type Told = (params: Params, at: (iso: unknown) => string) => string;

/** What the tabs of an endpoint say, beside the overview. */
export const en = {
  deliveries: {
    none: 'Nothing was sent to it yet.',
    all: 'All of them, with filters',
  },
  history: {
    states: 'Its states',
    changes: 'Who changed what',
    noChanges: 'Nothing was changed yet.',
    before: (state: string) => `before: ${state}`,
    fields: (count: number) => `${count} fields`,
    us: 'Switchhook',
    well: 'well',
    failing: 'failing',
    kinds: { key: 'a key', user: 'a person', portal: 'a portal', system: 'Switchhook' },
    more: 'Show more',
  },
  explain: {
    about: 'Would this call or event be sent here, and if not: why not?',
    kind: 'Of what',
    call: 'Call',
    event: 'Event',
    id: 'Its id',
    pick: 'Or one of the last calls',
    choose: 'Choose a call',
    ask: 'Explain',
    none: 'This call has no events.',
    told: 'Told',
    notTold: 'Not told',
    delivery: 'Open the delivery',
    codes: {
      delivered: ({ tries: count }, at) => `It was delivered, in ${tries(count)}.${at('at')}`,
      dead: ({ tries: count, reason }) => `It was given up after ${tries(count)}. ${text(reason)}`,
      skipped: ({ reason }) => `It was skipped: ${text(reason)}.`,
      held: ({ reason }) => `It is held: ${text(reason)}. Enabling decides what becomes of it.`,
      event_type_not_asked: ({ type, eventTypes }) =>
        `The endpoint asks for ${text(eventTypes)}, and that does not take ${text(type)}.`,
      filter_not_met: () => 'The filter of the endpoint does not let this event pass.',
      endpoint_is_younger: (_, at) =>
        `The endpoint was made after the event.${at('at')} A replay of what it missed sends it.`,
      asked_for_later: ({ type }) =>
        `The endpoint asks for ${text(type)} now, but did not when it happened. A replay of what it missed sends it.`,
      waits_will_be_held: ({ tries: count }) =>
        `${soFar(count)} The endpoint is not enabled: it will be held.`,
      waits_for_breaker: ({ tries: count }, at) =>
        `${soFar(count)} The endpoint failed too often, so all of it waits.${at('at')}`,
      waits_for_rate_limit: ({ tries: count }, at) => `${soFar(count)} Its rate limit is used up.${at('at')}`,
      waits_as_asked: ({ tries: count }, at) => `${soFar(count)} The endpoint asked us to wait.${at('at')}`,
      waits_for_order: ({ tries: count, sequence, type }) =>
        `${soFar(count)} It waits for event ${text(sequence)} of its call (${text(type)}), which failed and goes first.`,
      waits_for_retry: ({ tries: count }, at) => `${soFar(count)} It is tried again.${at('at')}`,
      waits_its_turn: ({ tries: count }) =>
        `${soFar(count)} It is due, and goes out when those before it have gone.`,
    } as Record<string, Told | undefined>,
  },
  requests: {
    about: 'Which requests are made, by extension and kind of event, as VoipNow’s own table has them.',
    none: 'No requests yet: nothing is sent. Add the first one.',
    extension: 'Extension',
    extensionHint: '* is every extension',
    every: 'every',
    kind: 'When',
    kinds: {
      0: 'It rings',
      1: 'Somebody dials out',
      2: 'Hung up',
      3: 'An incoming call is answered',
      4: 'An outgoing call is answered',
    } as Record<number, string>,
    method: 'Method',
    url: 'URL',
    note: 'Note',
    active: 'Active',
    inactive: 'Switched off',
    number: 'No.',
    add: 'Add a request',
    change: 'Change',
    remove: 'Remove',
    removeAbout: 'It is not made any more, and its number is never given again.',
    select: (number: number) => `Select request ${number}`,
    selected: (count: number) => `${count} selected`,
    enable: 'Switch on',
    disable: 'Switch off',
    clear: 'Remove',
    clearAbout: (count: number) =>
      count === 1 ? 'One request is removed.' : `${count} requests are removed.`,
  },
};
