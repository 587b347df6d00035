import pino, { type Logger } from 'pino';

export type Log = Pick<Logger, 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'child'>;

/**
 * JSON lines on stdout, one wide line per unit of work: `log.info({ ...fields }, 'delivery.attempted')`. The message is the
 * event's name. Phone numbers go through `lastDigits`; bodies and secrets are never fields.
 */
export function createLog(level: string, process: string): Log {
  return pino({
    level,
    base: { process },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    messageKey: 'event',
    redact: {
      paths: ['authorization', '*.authorization', 'headers.*', 'secret', '*.secret'],
      censor: '[redacted]',
    },
  });
}

/** The last four digits of a number, for a log line. */
export function lastDigits(number: string): string {
  return number.length <= 4 ? number : `…${number.slice(-4)}`;
}
