import type { IdentityProviderId } from '#domain';
import { IdField, TextField } from '../http/field.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const EMAIL = {
  about: 'E-mail address; what counts is what comes after the @.',
  max: 254,
  example: 'dana@example.com',
};

export class ProvidersQueryDto {
  @TextField(EMAIL)
  email!: string;
}

export class KnownProviderDto {
  @Shown('Id of the provider.', SHOWN.id)
  id!: string;

  @Shown('What the button says.', { type: String, example: 'Acme account' })
  label!: string;
}

export class KnownProviderListDto {
  @Shown('Those that answer for addresses of this domain.', { type: [KnownProviderDto] })
  data!: KnownProviderDto[];
}

export class OidcBeginDto {
  @IdField({ about: 'With which provider; or leave it out and give `email`.', optional: true })
  providerId?: IdentityProviderId;

  @TextField({ ...EMAIL, optional: true })
  email?: string;

  @TextField({
    about: 'Where to go on afterwards: a path of ours.',
    max: 1_000,
    example: '/sign-in',
    optional: true,
    byDefault: '/sign-in',
  })
  returnTo?: string;
}

export class OidcDepartureDto {
  @Shown('Where the browser goes, within ten minutes.', {
    type: String,
    format: 'uri',
    example: 'https://login.example/authorize?client_id=switchhook',
  })
  url!: string;
}
