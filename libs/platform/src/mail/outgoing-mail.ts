export interface OutgoingMail {
  /** `mailto:` and one address. */
  url: string;
  /** By name in lower case, each of one line; `subject` and `message-id` are among them. Who it is from is made here. */
  headers: Readonly<Record<string, string>>;
  /** Plain text. */
  body: string;
  /** For the whole exchange: waiting for a connection, opening it, and handing the mail over. */
  timeoutMs: number;
  /** Aborting ends the exchange at once, with `{ kind: 'aborted' }`. May be shared by any number of sends. */
  signal?: AbortSignal;
}
