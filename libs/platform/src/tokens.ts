/** Injection tokens for what has no class of its own. */
export const ENV = Symbol('Env');
export const LOG = Symbol('Log');
export const CLOCK = Symbol('Clock');
