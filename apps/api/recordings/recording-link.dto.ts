import { CountField } from '../http/field.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const MINUTE = 60;
const YEAR = 365 * 24 * 60 * MINUTE;

export class NewRecordingLinkDto {
  @CountField({
    about: 'How long the link works. Without it as long as those that CRMs are given.',
    min: MINUTE,
    max: YEAR,
    optional: true,
    example: 3600,
  })
  expiresInSeconds?: number;
}

export class RecordingLinkDto {
  @Shown('Plays the recording to whoever has it, without a key; it takes `Range`.', {
    type: String,
    format: 'uri',
    example: 'https://switchhook.example/recordings/k1.AZ...',
  })
  url!: string;

  @Shown('When it stops working, unless it is revoked before.', SHOWN.time)
  expiresAt!: string;
}

export class LinksRevokedDto {
  @Shown('Links that were made until then stopped working.', SHOWN.time)
  revokedAt!: string;
}
