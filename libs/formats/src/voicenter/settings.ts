import type { EpochReading } from '#domain';
import { readEpochSettings } from '../settings/epoch-settings.js';
import type { SettingsReader } from '../settings/settings-reader.js';

export interface VoicenterSettings extends EpochReading {
  /** How the CDR notification is written. */
  encoding: 'json' | 'form' | 'xmlrpc';
  /** Whether a CDR is sent at all; a CRM may want the popup notices alone. */
  cdr: boolean;
  /** Whether the CDR is sent again when more becomes known of a call that is over, such as its recording. */
  updates: boolean;
  /** Where Ringing, Talking and Hangup are told; undefined: nowhere. */
  popupUrl: string | undefined;
}

export function readVoicenterSettings(reader: SettingsReader): VoicenterSettings {
  return {
    encoding: reader.choice('encoding', ['json', 'form', 'xmlrpc'], 'json'),
    cdr: reader.flag('cdr', true),
    updates: reader.flag('updates', false),
    popupUrl: reader.url('popupUrl'),
    ...readEpochSettings(reader),
  };
}
