/** Questions by number, and what their replies have to be. */
export interface Questions {
  /** A whole HTTP request in a buffer of its own. */
  request: (question: number) => Buffer;
  /** @param reply  the body of a reply with a 2xx */
  isRight: (question: number, reply: string) => boolean;
}

export interface QuestionsOptions {
  /** Ingress URLs, one a tenant. */
  urls: readonly string[];
  /** What the ids of this run's calls begin with; see `callId`. */
  prefix: string;
  /** Agents of each tenant, where phones ring at theirs. */
  agents?: number;
  /** Numbers of questions that were asked before, where none may be asked again; 0 when left out. */
  askedBefore?: number;
}
