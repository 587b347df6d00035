import { SIGNATURES, type Signature } from '#domain';
import { ChoicesField, CountField } from '../http/field.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';
import { EndpointDto } from './endpoint.dto.js';

const WEEK_SECONDS = 7 * 24 * 60 * 60;
const OPTIONAL = { optional: true } as const;

const SECRET = {
  type: String,
  nullable: true,
  example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
} as const;
const SECRET_ABOUT =
  'Signs every delivery with `v1` (Standard Webhooks). Shown this once. Null where only `v1a` is asked for.';

export class RotateSecretDto {
  @CountField({
    about: 'How long the old secrets sign along, in seconds.',
    min: 0,
    max: WEEK_SECONDS,
    byDefault: 86_400,
    example: 86_400,
    ...OPTIONAL,
  })
  graceSeconds?: number;

  @ChoicesField({
    about: 'How deliveries are signed from now on. Left out: as before.',
    of: SIGNATURES,
    ...OPTIONAL,
  })
  signatures?: Signature[];
}

export class EndpointOnceDto extends EndpointDto {
  @Shown(SECRET_ABOUT, SECRET)
  secret!: string | null;
}

export class RotatedSecretDto {
  @Shown(SECRET_ABOUT, SECRET)
  secret!: string | null;

  @Shown('Checks what is signed with `v1a`. Null where that is not asked for.', SHOWN.textOrNull)
  publicKey!: string | null;

  @Shown('Until then the old secrets sign along.', SHOWN.time)
  oldSecretSignsUntil!: string;
}
