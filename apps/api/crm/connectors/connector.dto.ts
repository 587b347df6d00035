import { ApiProperty } from '@nestjs/swagger';
import {
  POLICY_MEMBER_KINDS,
  type Connector,
  type CrmCredential,
  type CrmSetting,
  type CrmSignIn,
  type PolicyMember,
} from '#crm';
import { SHOWN, Shown } from '../../http/shown.decorator.js';

export const CRM_CREDENTIALS = ['basic', 'bearer', 'oauth2', 'header'] as const satisfies CrmCredential[];

export class ConnectorCredentialDto {
  @Shown(
    'Kind of credentials, as the access of an endpoint has them; `oauth2`: that, or `oauth2_code`, as your app in the CRM is; ' +
      '`header`: a key in a header of its own.',
    { type: String, enum: [...CRM_CREDENTIALS] },
  )
  kind!: CrmCredential;

  @Shown('Where a tenant finds them, and what they have to be allowed.', { type: String })
  how!: string;
}

export class ConnectorSignInDto implements CrmSignIn {
  @Shown('Its page. `{origin}` stands for that of the endpoint’s URL.', { type: String })
  authoriseUrl!: string;

  @Shown('Where its access tokens are had.', { type: String })
  tokenUrl!: string;

  @Shown(
    'What is asked for; null: give the scope that your app has, where the CRM wants one.',
    SHOWN.textOrNull,
  )
  scope!: string | null;

  @Shown('How the client secret is sent.', { type: String, enum: ['basic', 'body'] })
  sendAs!: CrmSignIn['sendAs'];

  @Shown('Further parameters of the page.', { type: 'object', additionalProperties: { type: 'string' } })
  authoriseParameters!: Record<string, string>;

  @Shown('Whether codes are bound to their journey (RFC 7636).', { type: Boolean })
  pkce!: boolean;

  @Shown(
    'The member of the token’s answer that says where the CRM is; null: the endpoint’s URL does.',
    SHOWN.textOrNull,
  )
  baseUrlFrom!: string | null;
}

const SETTING_KINDS = [
  'text',
  'texts',
  'url',
  'choice',
  'count',
  'zone',
] as const satisfies CrmSetting['kind'][];

export class ConnectorSettingDto {
  @Shown('Its name in `formatSettings`.', { type: String, example: 'database' })
  name!: string;

  @Shown('What it may be; `texts`: a list of texts, `zone`: an IANA time zone.', {
    type: String,
    enum: [...SETTING_KINDS],
  })
  kind!: CrmSetting['kind'];

  @Shown('What it is for.', { type: String })
  about!: string;

  @Shown('Whether an endpoint without it is refused.', { type: Boolean })
  required!: boolean;

  @Shown('Of a `choice`: one of these.', { type: [String], nullable: true })
  values!: string[] | null;

  @Shown('What it is where it is left out; null: nothing.', {
    oneOf: [{ type: 'string' }, { type: 'integer' }],
    nullable: true,
  })
  byDefault!: string | number | null;
}

export class ConnectorPaceDto {
  @Shown('So many requests', { type: 'integer', example: 100 })
  requests!: number;

  @Shown('in so many seconds.', { type: 'integer', example: 10 })
  seconds!: number;
}

export class ConnectorLimitsDto {
  @Shown('Characters that the title of a record may have; a longer one is cut.', { type: 'integer' })
  subject!: number;

  @Shown('Characters that its text may have.', { type: 'integer' })
  body!: number;
}

export class PolicyMemberDto implements PolicyMember {
  @Shown('Its name in `formatSettings.logging`.', { type: String, example: 'createContacts' })
  name!: PolicyMember['name'];

  @Shown(
    'What it may be. `choice`: one of `values`. `count`: a whole number from `min` to `max`. `template`: text with ' +
      '`{{ placeholders }}`. `numbers`: a list of E.164 numbers or beginnings of them. `words`: an object of texts, each one of ' +
      '`values` where there are any.',
    { type: String, enum: [...POLICY_MEMBER_KINDS] },
  )
  kind!: PolicyMember['kind'];

  @Shown('What it decides.', { type: String })
  about!: string;

  @Shown(
    'The words that it may be; null: anything of its kind. Empty: nothing, for the CRM has no place for it.',
    { type: [String], nullable: true },
  )
  values!: string[] | null;

  @Shown('Of a `count`: the least.', SHOWN.countOrNull)
  min!: number | null;

  @Shown('Of a `count`: the most.', SHOWN.countOrNull)
  max!: number | null;

  @Shown('What it is where it is left out.', {
    oneOf: [
      { type: 'boolean' },
      { type: 'integer' },
      { type: 'string' },
      { type: 'array', items: { type: 'string' } },
      { type: 'object', additionalProperties: { type: 'string' } },
    ],
  })
  byDefault!: unknown;
}

export class ConnectorDto implements Pick<Connector, 'name' | 'title' | 'about'> {
  @Shown('The `format` of an endpoint that connects to it.', { type: String, example: 'espocrm' })
  name!: string;

  @Shown('The CRM’s name.', { type: String, example: 'EspoCRM' })
  title!: string;

  @Shown('What becomes of calls there.', { type: String })
  about!: string;

  @Shown('The credentials that it takes, the best first.', { type: [ConnectorCredentialDto] })
  credentials!: ConnectorCredentialDto[];

  @ApiProperty({
    description:
      'What access of the kind `oauth2_code` is filled in with where you leave it out; null: look the addresses up.',
    type: ConnectorSignInDto,
    nullable: true,
  })
  signIn!: ConnectorSignInDto | null;

  @Shown('Where it is for everybody; null: each tenant has an address of its own.', SHOWN.textOrNull)
  url!: string | null;

  @Shown('How a record that was written is changed: in place, by a further one beside it, or not at all.', {
    type: String,
    enum: ['patch', 'append', 'none'],
  })
  update!: Connector['update'];

  @Shown('Where our id of the call stands there; `none`: only in the text.', {
    type: String,
    enum: ['chosen', 'upsert', 'external id', 'none'],
  })
  key!: Connector['key'];

  @Shown(
    'What to know where it is asked who is calling while phones ring, such as a small ration; null: nothing.',
    SHOWN.textOrNull,
  )
  ringTime!: string | null;

  @Shown(
    'Settings of its own in `formatSettings`. Empty: none, or such as no form has, as those of `generic`.',
    {
      type: [ConnectorSettingDto],
    },
  )
  settings!: ConnectorSettingDto[];

  @ApiProperty({
    description: 'What the CRM takes of us: we go no faster. Null: it does not say.',
    type: ConnectorPaceDto,
    nullable: true,
  })
  allows!: ConnectorPaceDto | null;

  @Shown('How long its texts may be.', { type: ConnectorLimitsDto })
  limits!: ConnectorLimitsDto;

  @Shown(
    'Its words for what came of a call; null: any. Empty: it has no place for one, and `outcomes` is refused.',
    { type: [String], nullable: true },
  )
  outcomes!: string[] | null;

  @Shown('Its kinds of activity; null: any. Empty: there is only one, and `activityType` is refused.', {
    type: [String],
    nullable: true,
  })
  activityTypes!: string[] | null;

  @Shown('What `formatSettings.logging` of an endpoint may have in it, with what holds otherwise.', {
    type: [PolicyMemberDto],
  })
  policy!: PolicyMemberDto[];
}

export class ConnectorListDto {
  @Shown('All of them.', { type: [ConnectorDto] })
  data!: ConnectorDto[];
}
