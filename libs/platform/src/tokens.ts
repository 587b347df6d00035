/** Injection tokens for what has no class of its own. */
export const ENV = Symbol('Env');
export const LOG = Symbol('Log');
export const CLOCK = Symbol('Clock');
/** Where mailboxes are kept: offered by the database, asked for by the queues, which do not know each other. */
export const MAILBOXES = Symbol('Mailboxes');
/** What this process is called and which version it is of: a `ProcessIdentity`. */
export const PROCESS = Symbol('Process');
