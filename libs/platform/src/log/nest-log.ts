import type { LoggerService } from '@nestjs/common';
import type { Log } from './log.js';

/** Nest's own lines in our form; its start-up chatter is for debugging only. */
export function nestLog(log: Log): LoggerService {
  const line =
    (level: 'debug' | 'warn' | 'error' | 'fatal') =>
    (message: unknown, ...rest: unknown[]) => {
      const context = rest.at(-1);
      log[level]({ context, detail: message instanceof Error ? message.message : message }, 'nest');
    };
  return {
    log: line('debug'),
    debug: line('debug'),
    verbose: line('debug'),
    warn: line('warn'),
    error: line('error'),
    fatal: line('fatal'),
  };
}
