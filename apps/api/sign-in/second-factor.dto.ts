import { TextField } from '../http/field.decorator.js';
import { Shown } from '../http/shown.decorator.js';

export const CODE = {
  about: 'A code of your app, or a recovery code. Each is taken once.',
  max: 40,
  example: '050471',
};

export class TotpCodeDto {
  @TextField({ ...CODE, about: 'The first code of your app.' })
  code!: string;
}

export class PasswordProofDto {
  @TextField({ about: 'Your password.', max: 200 })
  password!: string;

  @TextField({ ...CODE, optional: true })
  code?: string;
}

export class TotpSecretDto {
  @Shown('The secret, to type into an app.', { type: String, example: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ' })
  secret!: string;

  @Shown('The same for a QR code.', {
    type: String,
    example: 'otpauth://totp/Switchhook:dana%40example.com?secret=...',
  })
  uri!: string;
}

export class RecoveryCodesDto {
  @Shown('For when the app is lost: each signs you in once. Shown this once; only their hashes are kept.', {
    type: String,
    isArray: true,
    example: ['4f2a-91c0-77de-03b8-a6e5'],
  })
  recoveryCodes!: string[];
}
