import type { IvrFormat } from '#dialects';
import type { EpochReading, SettingsReader } from '#domain';
import { readEpochSettings } from '../settings/epoch-settings.js';
import { POPUP_ENCODINGS, type PopupEncoding } from './write-popup.js';

export interface VoicenterSettings extends EpochReading {
  /** How the CDR notification is written. */
  encoding: 'json' | 'form' | 'xmlrpc';
  /** Whether a CDR is sent at all; a CRM may want the popup notices alone. */
  cdr: boolean;
  /** Whether the CDR is sent again when more becomes known of a call that is over, such as its recording. */
  updates: boolean;
  /** Where Ringing, Talking and Hangup are told; undefined: nowhere. */
  popupUrl: string | undefined;
  popupEncoding: PopupEncoding;
  /** Where the keys of callers in menus, and the ends of their calls, are told; undefined: nowhere. */
  ivrUrl: string | undefined;
  ivrEncoding: IvrFormat;
}

export function readVoicenterSettings(reader: SettingsReader): VoicenterSettings {
  return {
    encoding: reader.choice('encoding', ['json', 'form', 'xmlrpc'], 'json'),
    cdr: reader.flag('cdr', true),
    updates: reader.flag('updates', false),
    popupUrl: reader.url('popupUrl'),
    popupEncoding: reader.choice('popupEncoding', POPUP_ENCODINGS, 'json'),
    ivrUrl: reader.url('ivrUrl'),
    ivrEncoding: reader.choice('ivrEncoding', ['json', 'xmlrpc'], 'json'),
    ...readEpochSettings(reader),
  };
}
