import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Path of redis-server, when it is on the PATH. */
export function redisProgram(): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'redis-server'))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}
