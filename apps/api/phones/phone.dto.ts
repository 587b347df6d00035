import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsString,
  Matches,
  MaxLength,
  ValidateIf,
} from 'class-validator';
import { TextField } from '../http/field.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const MOST_SERVERS = 8;
/** RFC 7064 and RFC 7065. */
const ICE_URL = /^(stuns?:[A-Za-z0-9.:[\]-]+|turns?:[A-Za-z0-9.:[\]-]+(\?transport=(udp|tcp))?)$/;
export const USUAL_ID_HEADER = 'X-IVR-UNIQUE-ID';

const ABOUT = {
  wsUrl: {
    about:
      'The WebSocket by which phones in browsers register: of the PBX, or of an edge before it. It begins with `wss://`.',
    max: 500,
    example: 'wss://pbx.example:7443/ws',
  },
  domain: {
    about: 'Of the SIP addresses, as in `sip:101@pbx.example`.',
    max: 200,
    pattern: /^[A-Za-z0-9.-]+$|^\[[0-9A-Fa-f:.]+\]$/,
    example: 'pbx.example',
  },
  idHeader: {
    about:
      'The SIP header in which an INVITE says by which id the PBX tells of the call in its webhooks. Without it a call is known by its SIP Call-ID.',
    max: 60,
    pattern: /^[A-Za-z0-9-]+$/,
    example: USUAL_ID_HEADER,
  },
  iceUrls: 'STUN and TURN servers, for networks that let no audio through.',
  sipUser: { about: 'As whom the extension registers.', max: 100, pattern: /^[^\s@<>"]+$/, example: '101' },
} as const;

function IceUrlsField(): PropertyDecorator {
  return applyDecorators(
    ValidateIf((_, value: unknown) => value !== undefined),
    IsArray(),
    ArrayMaxSize(MOST_SERVERS),
    ArrayUnique(),
    IsString({ each: true }),
    MaxLength(300, { each: true }),
    Matches(ICE_URL, {
      each: true,
      message: 'each of iceUrls must begin with stun:, stuns:, turn: or turns:',
    }),
    ApiProperty({
      description: ABOUT.iceUrls,
      type: [String],
      required: false,
      maxItems: MOST_SERVERS,
      default: [],
      example: ['turn:turn.example:3478?transport=udp'],
    }),
  );
}

export class WebPhonePutDto {
  @TextField(ABOUT.wsUrl)
  wsUrl!: string;

  @TextField(ABOUT.domain)
  domain!: string;

  @TextField({ ...ABOUT.idHeader, optional: true, byDefault: USUAL_ID_HEADER })
  idHeader?: string;

  @IceUrlsField()
  iceUrls?: string[];

  @TextField({
    about:
      'Which the TURN servers share with us (`static-auth-secret` of coturn): phones get credentials for half a day made of it. Never shown again. What is left out stays; null takes it away.',
    max: 500,
    optional: true,
    nullable: true,
  })
  turnSecret?: string | null;
}

/** Where a phone registers, as answers have it. */
class RegisteredAtDto {
  @Shown('Id of the connection.', SHOWN.id)
  connectionId!: string;

  @Shown(ABOUT.wsUrl.about, { type: String, example: ABOUT.wsUrl.example })
  wsUrl!: string;

  @Shown(ABOUT.domain.about, { type: String, example: ABOUT.domain.example })
  domain!: string;

  @Shown(ABOUT.idHeader.about, { type: String, example: ABOUT.idHeader.example })
  idHeader!: string;
}

export class WebPhoneDto extends RegisteredAtDto {
  @Shown(ABOUT.iceUrls, { type: [String] })
  iceUrls!: string[];

  @Shown('Whether a secret is shared with the TURN servers.', { type: Boolean })
  hasTurnSecret!: boolean;

  @Shown('When it was first written.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was last written.', SHOWN.time)
  updatedAt!: string;
}

export class SipAccountPutDto {
  @TextField(ABOUT.sipUser)
  user!: string;

  @TextField({ about: 'Its SIP password. Shown to nobody but whose extension it is.', max: 200 })
  password!: string;
}

export class SipAccountDto {
  @Shown(ABOUT.sipUser.about, { type: String, example: ABOUT.sipUser.example })
  user!: string;

  @Shown('When it was first written.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was last written.', SHOWN.time)
  updatedAt!: string;
}

export class OwnWebPhoneQueryDto {
  @TextField({ about: 'Which of my extensions, where I have several.', max: 200, optional: true })
  extension?: string;

  @TextField({ about: 'Of which connection it is.', max: 36, optional: true })
  connectionId?: string;
}

class IceServerDto {
  @Shown('Its addresses.', { type: [String], example: ['turn:turn.example:3478?transport=udp'] })
  urls!: string[];

  @Shown('For TURN: until when, and for whom.', { type: String, required: false })
  username?: string;

  @Shown('For TURN: the password that goes with it.', { type: String, required: false })
  credential?: string;
}

export class OwnWebPhoneDto extends RegisteredAtDto {
  @Shown('The extension.', { type: String, example: '101' })
  extension!: string;

  @Shown(ABOUT.sipUser.about, { type: String, example: ABOUT.sipUser.example })
  user!: string;

  @Shown('Its SIP password.', { type: String })
  password!: string;

  @Shown('As `RTCPeerConnection` takes them.', { type: [IceServerDto] })
  iceServers!: IceServerDto[];

  @Shown('Until when the TURN servers take the credentials; null without any.', SHOWN.timeOrNull)
  expiresAt!: string | null;
}
