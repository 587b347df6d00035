import type { EpochReading, SettingsReader } from '#domain';

/**
 * How times are told to a CRM that was written for a PBX which tells the account's wall clock as if it were UTC (design
 * "Dialects", trap 1): by default as that PBX does.
 */
export function readEpochSettings(reader: SettingsReader): EpochReading {
  return {
    epochs: reader.choice('epochs', ['local', 'utc'], 'local'),
    timeZone: reader.timeZone('timeZone', 'Asia/Jerusalem'),
  };
}
