import { AppError, type RefusalReason } from '#domain';

/** What is refused before there is a receipt, and how that is said. */
const REFUSALS = {
  not_http: [400, 'This is not HTTP as RFC 9112 has it: percent-encode what is in the URL.'],
  bad_body: [400, 'The body breaks its own framing: send it with a Content-Length.'],
  cut_off: [400, 'The request broke off before it had arrived.'],
  timeout: [408, 'The request did not arrive in time.'],
  too_large: [413, 'The body is larger than 1 MiB.'],
  url_too_long: [414, 'The URL is too long: send a body by POST.'],
  headers_too_long: [431, 'The headers are too long.'],
  too_much_at_once: [429, 'Too much from this address is unfinished: send fewer webhooks at a time.'],
  busy: [503, 'Too much is unfinished here: send it again soon.'],
  guessing: [429, 'Too many webhooks to unknown URLs came from this address.'],
  method: [405, 'Webhooks come by GET or POST.'],
  not_upgraded: [
    426,
    'The PBX opens a WebSocket here, and this request asks for none: let your proxy hand on the headers Upgrade and Connection.',
  ],
} as const;

export type Refusal = keyof typeof REFUSALS;

const SOON_SECONDS = 5;
const RETRY_AFTER: Partial<Record<Refusal, number>> = {
  too_much_at_once: SOON_SECONDS,
  busy: SOON_SECONDS,
  guessing: 60,
};

export function refusal(what: Refusal, retryAfterSeconds = RETRY_AFTER[what]): AppError {
  const [status, message] = REFUSALS[what];
  const fault = status === 503 ? 'unavailable' : 'rejected';
  return new AppError(fault, `ingress.${what}`, message, {
    status,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}

const REASON_OF_CODE: Readonly<Record<string, RefusalReason>> = {
  'ingress.unknown_url': 'unknown_route',
  'ingress.connection_disabled': 'disabled',
  'ingress.headers_too_long': 'url_too_long',
};
/** Codes that are their reasons. */
const PLAIN: ReadonlySet<string> = new Set<RefusalReason>([
  'not_http',
  'not_upgraded',
  'bad_handshake',
  'replaced_url',
  'bad_body',
  'cut_off',
  'timeout',
  'too_large',
  'url_too_long',
  'too_much_at_once',
  'method',
  'bad_signature',
  'tenant_rate',
  'tenant_bytes',
  'surplus',
]);

/** As what a refusal is counted. What is our own doing is `busy`: the PBX is asked to send it again. */
export function reasonOf({ code }: AppError): RefusalReason {
  const plain = code.replace('ingress.', '');
  return REASON_OF_CODE[code] ?? (PLAIN.has(plain) ? (plain as RefusalReason) : 'busy');
}
