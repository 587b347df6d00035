import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsString, Matches, ValidateIf } from 'class-validator';
import { ChoiceField, TextField } from '../http/field.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';
import { ACCESS_KINDS, RECORD_ENCODINGS, type Credentials, type RecordEncoding } from './recording-access.js';

const MOST_HOSTS = 20;
const HOST = /^(\*\.)?[a-z0-9]([a-z0-9.-]*[a-z0-9])?$|^\[[0-9a-f:.]+\]$/;

const ABOUT = {
  kind: {
    about:
      'What the PBX’s server wants: nothing, a user and password, a header (`name` and `value`), a query parameter (`name` and `value`).',
    of: ACCESS_KINDS,
    example: 'basic',
  },
  user: { about: '`basic`: the user.', max: 200, example: 'recordings', pattern: /^[^:\p{Cc}]+$/u },
  name: {
    about: '`header`, `query`: its name.',
    max: 100,
    example: 'X-Api-Key',
    pattern: /^[\w!#$%&'*+.^`|~-]+$/,
  },
  hosts:
    'Hosts that are shown the credentials, such as `pbx.example.com` or `*.pbx.example.com`. Needed with credentials: addresses of ' +
    'recordings come in webhooks, and the password must not go wherever a webhook says.',
  template: {
    about:
      'Makes the address where the PBX tells only a file name, with the placeholders {record}, {callid} and {domain}. It is shown again, so it is no place for secrets.',
    max: 1_000,
    example: 'https://{domain}/recordings/play.php?file={record}&id={callid}',
  },
  encoding: {
    about: 'What is done to {record} before it is put in.',
    of: RECORD_ENCODINGS,
    example: 'plain',
  },
} as const;
const OPTIONAL = { optional: true } as const;
const SECRET = { max: 1_000, pattern: /^[\x20-\x7e]+$/, ...OPTIONAL } as const;

function HostsField(): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_, value: unknown) => value !== undefined),
    IsArray(),
    ArrayMaxSize(MOST_HOSTS),
    IsString({ each: true }),
    Matches(HOST, {
      each: true,
      message: 'each of hosts must be a host name in lower case, or *. and a domain',
    }),
    ApiProperty({
      description: ABOUT.hosts,
      type: [String],
      required: false,
      maxItems: MOST_HOSTS,
      default: [],
    }),
  );
}

export class RecordingAccessPutDto {
  @ChoiceField(ABOUT.kind)
  kind!: Credentials['kind'];

  @TextField({ ...ABOUT.user, ...OPTIONAL })
  user?: string;

  @TextField({ about: '`basic`: the password. Never shown again.', ...SECRET })
  password?: string;

  @TextField({ ...ABOUT.name, ...OPTIONAL })
  name?: string;

  @TextField({ about: '`header`, `query`: its value. Never shown again.', ...SECRET })
  value?: string;

  @HostsField()
  hosts?: string[];

  @TextField({ ...ABOUT.template, optional: true, nullable: true })
  template?: string | null;

  @ChoiceField({ ...ABOUT.encoding, ...OPTIONAL, byDefault: 'plain' })
  encoding?: RecordEncoding;
}

/** Everything but the secrets. */
export class RecordingAccessDto {
  @Shown(ABOUT.kind.about, { type: String, enum: [...ACCESS_KINDS] })
  kind!: Credentials['kind'];

  @Shown(ABOUT.user.about, SHOWN.textOrNull)
  user!: string | null;

  @Shown(ABOUT.name.about, SHOWN.textOrNull)
  name!: string | null;

  @Shown(ABOUT.hosts, { type: [String] })
  hosts!: string[];

  @Shown(ABOUT.template.about, SHOWN.textOrNull)
  template!: string | null;

  @Shown(ABOUT.encoding.about, { type: String, enum: [...RECORD_ENCODINGS] })
  encoding!: RecordEncoding;
}
