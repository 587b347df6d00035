import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsObject, ValidateNested } from 'class-validator';
import { AUTH_KINDS, KEEP_ALIVE_DAYS, SENT_AS, type EndpointAuth, type OAuthClient } from '#domain';
import { ChoiceField, CountField, FlagField, ObjectField, TextField } from '../../http/field.decorator.js';
import { SHOWN, Shown } from '../../http/shown.decorator.js';

const KIB = 1024;
const OPTIONAL = { optional: true } as const;
/** What can be sent as a header's value, or be a part of one. */
const PRINTABLE = /^[\x20-\x7e]+$/;
/** RFC 6750, section 2.1, and a little more than that: without blanks. */
const WORD = /^[\x21-\x7e]+$/;
const SECRET = { max: 8 * KIB, ...OPTIONAL } as const;

const ABOUT = {
  kind: {
    about:
      'What the CRM wants to be shown: nothing, a user and password, a token, an access token of OAuth 2, which we fetch and renew ' +
      '(`oauth2`: client credentials; `oauth2_code`: somebody agrees on the CRM’s own page, see the grants of the endpoint), or a ' +
      'client certificate (mutual TLS).',
    of: AUTH_KINDS,
    example: 'oauth2',
  },
  user: { about: '`basic`: the user.', max: 200, example: 'switchhook', pattern: /^[^:\p{Cc}]+$/u },
  authoriseUrl: {
    about:
      '`oauth2_code`: the CRM’s page on which people agree; left out, the connector’s, where it has one.',
    max: 2 * KIB,
    example: 'https://login.crm.example/oauth2/authorize',
  },
  tokenUrl: {
    about: 'Both kinds of `oauth2`: where access tokens are fetched; a public http(s) address.',
    max: 2 * KIB,
    example: 'https://login.crm.example/oauth2/token',
  },
  clientId: {
    about: 'Both kinds of `oauth2`: who we are there.',
    max: 500,
    example: 'switchhook',
    pattern: PRINTABLE,
  },
  scope: {
    about: 'Both kinds of `oauth2`: what we ask for, where the server wants to be told.',
    max: KIB,
    example: 'calls.write',
    pattern: PRINTABLE,
  },
  audience: {
    about: '`oauth2`: whom the token is for, where the server wants to be told.',
    max: KIB,
    example: 'https://api.crm.example',
    pattern: PRINTABLE,
  },
  sendAs: {
    about: 'Both kinds of `oauth2`: how the client secret is sent, as HTTP Basic or in the body.',
    of: SENT_AS,
    example: 'basic',
  },
  pkce: {
    about:
      '`oauth2_code`: whether the code is bound to its journey (RFC 7636, S256). Servers that do not know it leave it unread.',
  },
  baseUrlFrom: {
    about:
      '`oauth2_code`: the member of the token endpoint’s answer that says where the CRM is, such as `instance_url`. Requests of a ' +
      'connector go there instead of to the endpoint’s URL.',
    max: 100,
    example: 'instance_url',
    pattern: /^[\w.-]+$/,
  },
  keepAliveDays: {
    about:
      '`oauth2_code`: a token that nobody needs is renewed at least this often, as refresh tokens that lie idle end.',
    min: 1,
    max: 90,
    example: KEEP_ALIVE_DAYS,
  },
  certificate: {
    about:
      '`certificate`: the client certificate in PEM, followed by those that vouch for it, each issued by the next. ' +
      'All URLs of the endpoint must be https:// then.',
    max: 32 * KIB,
    example: '-----BEGIN CERTIFICATE-----\nMIIB...\n-----END CERTIFICATE-----',
  },
  serverAuthority: {
    about:
      '`certificate`: certificates in PEM that the server’s own must be issued by, where it is none of the public ones. ' +
      'With this nobody else is trusted.',
    max: 32 * KIB,
    example: '-----BEGIN CERTIFICATE-----\nMIIB...\n-----END CERTIFICATE-----',
  },
} as const;

const HEADERS_ABOUT =
  'Headers that go along with each request, at most 20, each value at most 1 KiB of printable ASCII. Those that we make ' +
  'ourselves cannot be set. Values are secrets: they are never shown again.';

const PARAMETERS_ABOUT =
  '`oauth2_code`: further parameters of the page, such as `access_type=offline`: at most 20 texts. Those that we make ourselves ' +
  'cannot be set.';

export class EndpointAuthPutDto {
  @ChoiceField(ABOUT.kind)
  kind!: EndpointAuth['kind'];

  @TextField({ ...ABOUT.user, ...OPTIONAL })
  user?: string;

  @TextField({ about: '`basic`: the password. Never shown again.', pattern: /^\P{Cc}+$/u, ...SECRET })
  password?: string;

  @TextField({ about: '`bearer`: the token. Never shown again.', pattern: WORD, ...SECRET })
  token?: string;

  @TextField({ ...ABOUT.authoriseUrl, ...OPTIONAL })
  authoriseUrl?: string;

  @TextField({ ...ABOUT.tokenUrl, ...OPTIONAL })
  tokenUrl?: string;

  @TextField({ ...ABOUT.clientId, ...OPTIONAL })
  clientId?: string;

  @TextField({
    about: 'Both kinds of `oauth2`: the client’s secret. Never shown again.',
    pattern: PRINTABLE,
    ...SECRET,
  })
  clientSecret?: string;

  @TextField({ ...ABOUT.scope, ...OPTIONAL })
  scope?: string;

  @TextField({ ...ABOUT.audience, ...OPTIONAL })
  audience?: string;

  @ChoiceField({ ...ABOUT.sendAs, ...OPTIONAL, byDefault: 'basic' })
  sendAs?: OAuthClient['sendAs'];

  @ObjectField({
    about: PARAMETERS_ABOUT,
    maxBytes: 4 * KIB,
    example: { access_type: 'offline' },
    ...OPTIONAL,
  })
  authoriseParameters?: Record<string, unknown>;

  @FlagField({ ...ABOUT.pkce, ...OPTIONAL, byDefault: true })
  pkce?: boolean;

  @TextField({ ...ABOUT.baseUrlFrom, ...OPTIONAL })
  baseUrlFrom?: string;

  @CountField({ ...ABOUT.keepAliveDays, ...OPTIONAL, byDefault: KEEP_ALIVE_DAYS })
  keepAliveDays?: number;

  @TextField({ ...ABOUT.certificate, ...OPTIONAL })
  certificate?: string;

  @TextField({
    about:
      '`certificate`: its private key in PEM, without a passphrase: RSA of 2048 bits or more, EC or Ed25519. Never shown again.',
    max: 16 * KIB,
    ...OPTIONAL,
  })
  privateKey?: string;

  @TextField({ ...ABOUT.serverAuthority, ...OPTIONAL })
  serverAuthority?: string;
}

export class EndpointAccessPutDto {
  @ObjectField({ about: HEADERS_ABOUT, maxBytes: 32 * KIB, example: { 'X-Api-Key': 'k-123' }, ...OPTIONAL })
  headers?: Record<string, unknown>;

  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => EndpointAuthPutDto)
  @ApiProperty({
    description: 'Its credentials: the members that the kind needs, and no others.',
    type: EndpointAuthPutDto,
  })
  auth!: EndpointAuthPutDto;
}

export class CertificateDto {
  @Shown('Whom it names.', { type: String, example: 'O=Acme, CN=switchhook' })
  subject!: string;

  @Shown('Who vouches for it.', { type: String, example: 'O=Acme, CN=Acme Root' })
  issuer!: string;

  @Shown('Its number with its issuer, hexadecimal.', { type: String, example: '5DA9D2EF7EB1BC73' })
  serialNumber!: string;

  @Shown('SHA-256 of it, hexadecimal with colons.', { type: String, example: '3F:9A:...:C1' })
  fingerprint!: string;

  @Shown('Since when it is good.', SHOWN.time)
  validFrom!: string;

  @Shown('Until when it is good: replace it before.', SHOWN.time)
  validTo!: string;
}

/** Everything but the secrets. */
export class EndpointAuthDto {
  @Shown(ABOUT.kind.about, { type: String, enum: [...AUTH_KINDS] })
  kind!: EndpointAuth['kind'];

  @Shown(ABOUT.user.about, SHOWN.textOrNull)
  user!: string | null;

  @Shown(ABOUT.authoriseUrl.about, SHOWN.textOrNull)
  authoriseUrl!: string | null;

  @Shown(ABOUT.tokenUrl.about, SHOWN.textOrNull)
  tokenUrl!: string | null;

  @Shown(ABOUT.clientId.about, SHOWN.textOrNull)
  clientId!: string | null;

  @Shown(ABOUT.scope.about, SHOWN.textOrNull)
  scope!: string | null;

  @Shown(ABOUT.audience.about, SHOWN.textOrNull)
  audience!: string | null;

  @Shown(ABOUT.sendAs.about, { ...SHOWN.textOrNull, enum: [...SENT_AS] })
  sendAs!: OAuthClient['sendAs'] | null;

  @Shown(PARAMETERS_ABOUT, {
    type: 'object',
    additionalProperties: { type: 'string' },
    nullable: true,
  })
  authoriseParameters!: Record<string, string> | null;

  @Shown(ABOUT.pkce.about, { type: Boolean, nullable: true })
  pkce!: boolean | null;

  @Shown(ABOUT.baseUrlFrom.about, SHOWN.textOrNull)
  baseUrlFrom!: string | null;

  @Shown(ABOUT.keepAliveDays.about, SHOWN.countOrNull)
  keepAliveDays!: number | null;

  @Shown('`certificate`: the client certificate.', {
    type: () => CertificateDto,
    nullable: true,
  })
  certificate!: CertificateDto | null;

  @Shown('`certificate`: whom the server’s own must be issued by; null: any public authority.', {
    type: [CertificateDto],
    nullable: true,
  })
  serverAuthority!: CertificateDto[] | null;
}

export class EndpointAccessDto {
  @Shown('Names of the headers that go along, without their values.', {
    type: [String],
    example: ['x-api-key'],
  })
  headers!: string[];

  @Shown('Its credentials without the secrets.', { type: EndpointAuthDto })
  auth!: EndpointAuthDto;
}
