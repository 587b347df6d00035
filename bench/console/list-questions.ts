/** What the console's lists ask of the API, with each filter that they have. */
export interface Known {
  /** Of the tenant, one of ten that are told of everything. */
  endpointId: string;
  connectionId: string;
  callId: string;
  /** Of a call. */
  number: string;
  /** ISO 8601, in the middle of what there is. */
  middle: string;
  nextDay: string;
  deepCallsCursor: string;
  deepDeliveriesCursor: string;
}

/** Paths with their queries; names are what the figures are told under. */
export function listQuestions(known: Known): Record<string, string> {
  const { endpointId, connectionId, callId, number, middle, nextDay } = known;
  const calls = (query: string): string => `/v1/calls?limit=100${query}`;
  const deliveries = (query: string): string => `/v1/deliveries?limit=100${query}`;
  const span = `&from=${middle}&to=${nextDay}`;
  return {
    calls: calls(''),
    'calls, far below': calls(`&cursor=${known.deepCallsCursor}`),
    'calls of a number': calls(`&number=${encodeURIComponent(number)}`),
    'calls of a number that nobody has': calls('&number=%2B441639999999'),
    'calls missed': calls('&missed=true'),
    'calls with a recording, of which there are none': calls('&recording=true'),
    'calls of unknown callers': calls('&unknownCaller=true'),
    'calls by result': calls('&result=busy'),
    'calls by a result that no call has': calls('&result=voicemail'),
    'calls by direction': calls('&direction=outbound'),
    'calls by extension': calls('&extension=117'),
    'calls by an extension that nobody has': calls('&extension=999'),
    'calls of a connection': calls(`&connectionId=${connectionId}`),
    'calls of a day': calls(span),
    'calls missed on a day by one extension': calls(`${span}&missed=true&extension=117`),
    deliveries: deliveries(''),
    'deliveries, far below': deliveries(`&cursor=${known.deepDeliveriesCursor}`),
    'deliveries given up': deliveries('&state=dead'),
    'deliveries that wait': deliveries('&state=due'),
    'deliveries held, of which there are none': deliveries('&state=held'),
    'deliveries of an endpoint': deliveries(`&endpointId=${endpointId}`),
    'deliveries of an endpoint given up': deliveries(`&endpointId=${endpointId}&state=dead`),
    'deliveries by status': deliveries('&status=503'),
    'deliveries by a status that none has': deliveries('&status=418'),
    'deliveries by type': deliveries('&eventType=call.ended'),
    'deliveries by a type that none has': deliveries('&eventType=call.updated'),
    'deliveries of a call': deliveries(`&callId=${callId}`),
    'deliveries of a number': deliveries(`&number=${encodeURIComponent(number)}`),
    'deliveries of a day': deliveries(span),
    'deliveries of an endpoint by status on a day': deliveries(`${span}&endpointId=${endpointId}&status=503`),
    overview: '/v1/overview',
    endpoints: '/v1/endpoints?limit=100',
    connections: '/v1/connections?limit=100',
    contacts: '/v1/contacts?limit=100',
    receipts: '/v1/receipts?limit=100',
    replays: '/v1/replays?limit=100',
    'a search': `/v1/search?q=${encodeURIComponent(number)}`,
    'a call': `/v1/calls/${callId}`,
    'a timeline': `/v1/calls/${callId}/timeline`,
  };
}
