import { IVR_ROUTE_PROTOCOLS, IVR_SOURCES, type IvrRouteProtocol, type IvrSourceKind } from '#db';
import { ChoiceField, CountField, IdField, ObjectField, TextField } from '../http/field.decorator.js';
import { PageDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';
import { HeadersField } from './headers-field.decorator.js';

const OPTIONAL = { optional: true } as const;
/** Vendors wait for 5 s; ours is half of that (design: dialects, "External IVR"). */
export const MOST_TIMEOUT_MS = 2_500;

const ABOUT = {
  source: { about: '`flow`: menus that we keep. `url`: your own server, asked each time.', of: IVR_SOURCES },
  flowId: { about: 'With `flow`: which one.' },
  url: { about: 'With `url`: a public http(s) address.', max: 2048, example: 'https://ivr.example/next' },
  protocol: {
    about:
      'With `url`: asked in the words of the PBX’s vendor (`same`), so that a server written for it needs no change, or in our JSON (`standard`).',
    of: IVR_ROUTE_PROTOCOLS,
    byDefault: 'standard',
  },
  timeoutMs: {
    about: 'With `url`: how long the caller may be kept waiting, in milliseconds.',
    min: 100,
    max: MOST_TIMEOUT_MS,
    byDefault: MOST_TIMEOUT_MS,
  },
  defaultAnswer: {
    about: 'In our JSON: given when the source fails. Without it the PBX does what it is set up to do.',
    example: { action: { do: 'hangup' } },
  },
} as const;

export class IvrRoutePutDto {
  @ChoiceField(ABOUT.source)
  source!: IvrSourceKind;

  @IdField({ ...ABOUT.flowId, ...OPTIONAL })
  flowId?: string;

  @TextField({ ...ABOUT.url, ...OPTIONAL })
  url?: string;

  @ChoiceField({ ...ABOUT.protocol, ...OPTIONAL })
  protocol?: IvrRouteProtocol;

  @CountField({ ...ABOUT.timeoutMs, ...OPTIONAL })
  timeoutMs?: number;

  @HeadersField(
    'With `url`: sent along with each question. Kept sealed, so leaving it out keeps those that were set.',
  )
  headers?: Record<string, string>;

  @ObjectField({ ...ABOUT.defaultAnswer, ...OPTIONAL, nullable: true })
  defaultAnswer?: Record<string, unknown> | null;
}

export class IvrRouteDto {
  @Shown('Id of the route.', SHOWN.id)
  id!: string;

  @Shown('The number that was called: as the PBX prints it or E.164; `default` for every other.', {
    type: String,
    example: '0722776772',
  })
  did!: string;

  @Shown(ABOUT.source.about, { type: String, enum: [...IVR_SOURCES] })
  source!: IvrSourceKind;

  @Shown(ABOUT.flowId.about, SHOWN.idOrNull)
  flowId!: string | null;

  @Shown(ABOUT.url.about, SHOWN.textOrNull)
  url!: string | null;

  @Shown(ABOUT.protocol.about, { type: String, enum: [...IVR_ROUTE_PROTOCOLS] })
  protocol!: IvrRouteProtocol;

  @Shown(ABOUT.timeoutMs.about, { type: 'integer' })
  timeoutMs!: number;

  @Shown('Names of the headers that are sent along; their values are not shown.', {
    type: String,
    isArray: true,
    example: ['authorization'],
  })
  headerNames!: string[];

  @Shown(ABOUT.defaultAnswer.about, { ...SHOWN.object, nullable: true })
  defaultAnswer!: Record<string, unknown> | null;

  @Shown('When it was made.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was last changed.', SHOWN.time)
  updatedAt!: string;
}

export class IvrRouteOnceDto extends IvrRouteDto {
  @Shown(
    'Signs every question (Standard Webhooks). Shown this once, when the route first leads to a URL; null afterwards.',
    { type: String, nullable: true, example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  )
  secret!: string | null;
}

export class IvrRoutePageDto extends PageDto {
  @Shown('Latest first.', { type: [IvrRouteDto] })
  data!: IvrRouteDto[];
}
