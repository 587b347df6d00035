import type { DialectGuide, GuideFile, GuideRoute, GuideSetting } from '#dialects';
import { EPOCHS, KINDS } from '../connections/connection.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

export class DialectRouteDto implements GuideRoute {
  @Shown('Route below the ingress URL.', { type: String, example: 'cdr' })
  route!: string;

  @Shown('What the PBX tells by it.', { type: String, example: 'Every call, once it is over' })
  what!: string;

  @Shown('The method to choose where the PBX asks for one.', { type: String, enum: ['GET', 'POST'] })
  method!: GuideRoute['method'];
}

export class DialectSettingDto implements GuideSetting {
  @Shown('Its name in `settings` of a connection.', { type: String, example: 'errSpelling' })
  name!: string;

  @Shown('What it changes.', { type: String })
  what!: string;

  @Shown('The values that it may have.', { type: [String] })
  values!: string[];

  @Shown('The one that holds when it is not set.', { type: String })
  byDefault!: string;
}

export type ConnectionKind = (typeof KINDS)[number];

export class GuideFileDto implements GuideFile {
  @Shown('Its path at the PBX, or what people call it.', { type: String, example: '/etc/asterisk/ari.conf' })
  name!: string;

  @Shown('Lines to add, with the URL of the connection in them. Secret.', { type: String })
  text!: string;
}

export class DialectDefaultsDto {
  @Shown('IANA time zone of a connection that names none.', { type: String, example: 'Asia/Jerusalem' })
  timeZone!: string;

  @Shown('ISO 3166-1 alpha-2 of a connection that names none.', { type: String, example: 'IL' })
  country!: string;

  @Shown("What the PBX's epoch seconds mean: UTC, or its wall clock.", { type: String, enum: [...EPOCHS] })
  epochs!: 'utc' | 'local';
}

export class DialectDto implements Pick<DialectGuide, 'title'> {
  @Shown('Its name, as a connection gives it.', { type: String, example: 'voicenter' })
  name!: string;

  @Shown("The vendor's name.", { type: String, example: 'Voicenter' })
  title!: string;

  @Shown('`webhook`: the PBX sends requests. `socket`: it opens a WebSocket to us, and keeps it open.', {
    type: String,
    enum: [...KINDS],
  })
  kind!: ConnectionKind;

  @Shown('How to make the PBX speak to us, in the order in which it is done.', { type: [String] })
  steps!: string[];

  @Shown('Each with an ingress URL of its own; the one to begin with first.', { type: [DialectRouteDto] })
  routes!: DialectRouteDto[];

  @Shown('What a new connection has unless it says otherwise.', { type: DialectDefaultsDto })
  defaults!: DialectDefaultsDto;

  @Shown('Switches that this dialect understands beside those that all do.', { type: [DialectSettingDto] })
  settings!: DialectSettingDto[];
}

export class DialectListDto {
  @Shown('All of them.', { type: [DialectDto] })
  data!: DialectDto[];
}

export class GuideRouteDto extends DialectRouteDto {
  @Shown('Secret: whoever knows it can send webhooks. Paste it into the PBX.', {
    type: String,
    format: 'uri',
    example: 'https://switchhook.example/in/in_hR0...Q/voicenter/cdr',
  })
  url!: string;
}

export class GuideTrialDto {
  @Shown('Where to send it, with all that goes into the URL. Secret.', {
    type: String,
    format: 'uri',
    example: 'https://switchhook.example/in/in_hR0...Q/voicenter/cdr',
  })
  url!: string;

  @Shown('How to send it.', { type: String, enum: ['GET', 'POST'] })
  method!: GuideRoute['method'];

  @Shown('Of the body; null where there is none.', SHOWN.textOrNull)
  contentType!: string | null;

  @Shown('What to send; null where all of it is in the URL.', SHOWN.textOrNull)
  body!: string | null;
}

export class ConnectionGuideDto {
  @Shown('Id of the connection.', SHOWN.id)
  connectionId!: string;

  @Shown("The vendor's name.", { type: String, example: 'Voicenter' })
  title!: string;

  @Shown('`webhook`: the PBX sends requests. `socket`: it opens a WebSocket to us, and keeps it open.', {
    type: String,
    enum: [...KINDS],
  })
  kind!: ConnectionKind;

  @Shown('How to make the PBX speak to us, in the order in which it is done.', { type: [String] })
  steps!: string[];

  @Shown('The URLs that the steps speak of, the one to begin with first.', { type: [GuideRouteDto] })
  routes!: GuideRouteDto[];

  @Shown('What is written into files of the PBX; empty where nothing is.', { type: [GuideFileDto] })
  files!: GuideFileDto[];

  @Shown(
    'A webhook as this PBX sends it, of a call that is made up and has just ended: to try the connection with before the PBX is set up.',
    { type: GuideTrialDto },
  )
  trial!: GuideTrialDto;
}
