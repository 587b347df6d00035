import { CAPABILITIES, type Capability, type DriverAccount } from '#pbx';
import { ChoiceField, CountField, FlagField, ObjectField } from '../http/field.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const NUMBERS = ['local', 'e164', 'e164_plus'] as const satisfies readonly DriverAccount['numbers'][];
const MOST = 100;

export const ACCOUNT_DEFAULTS = { numbers: null, enabled: true, perSecond: 5, atOnce: 10 } as const;

const ABOUT = {
  settings: 'What the driver’s `fields` ask for that is no secret, by name, as texts.',
  numbers: {
    about:
      'How this PBX is given numbers: as they are dialled in the connection’s country, or in E.164 without or with its plus. Null: as the vendor’s PBXs mostly want them.',
    of: NUMBERS,
    nullable: true,
  },
  enabled: { about: 'A switched-off account dials nothing.', byDefault: ACCOUNT_DEFAULTS.enabled },
  perSecond: {
    about: 'Most orders a second.',
    min: 1,
    max: MOST,
    byDefault: ACCOUNT_DEFAULTS.perSecond,
  },
  atOnce: {
    about: 'Most orders whose answer is waited for.',
    min: 1,
    max: MOST,
    byDefault: ACCOUNT_DEFAULTS.atOnce,
  },
} as const;
const OPTIONAL = { optional: true } as const;

export class PbxAccountPutDto {
  @ObjectField({ about: ABOUT.settings, byDefault: {}, ...OPTIONAL })
  settings?: Record<string, unknown>;

  @ObjectField({
    about:
      'Its secret `fields`, by name, as texts. Never shown again. What is left out stays; null takes one away.',
    byDefault: {},
    ...OPTIONAL,
  })
  secrets?: Record<string, unknown>;

  @ChoiceField({ ...ABOUT.numbers, ...OPTIONAL })
  numbers?: DriverAccount['numbers'] | null;

  @FlagField({ ...ABOUT.enabled, ...OPTIONAL })
  enabled?: boolean;

  @CountField({ ...ABOUT.perSecond, ...OPTIONAL })
  perSecond?: number;

  @CountField({ ...ABOUT.atOnce, ...OPTIONAL })
  atOnce?: number;
}

const FEED_STATES = ['waiting', 'connecting', 'up', 'down'];

export class PbxFeedDto {
  @Shown(
    'How the PBX’s own realtime channel is. `up`: it tells. `connecting`: a process is about to listen. `down`: it failed, and is tried again at `nextTryAt`. `waiting`: no process listens at this moment.',
    { type: String, enum: FEED_STATES },
  )
  state!: string;

  @Shown('Since when it is up, or is not. Null where it was never tried.', SHOWN.timeOrNull)
  since!: string | null;

  @Shown('When it was last connected and told something.', SHOWN.timeOrNull)
  connectedAt!: string | null;

  @Shown('What went wrong last, though it may be up again. A sentence, without secrets.', SHOWN.textOrNull)
  reason!: string | null;

  @Shown('When that was.', SHOWN.timeOrNull)
  failedAt!: string | null;

  @Shown('When it is tried again; null where nobody waits for that.', SHOWN.timeOrNull)
  nextTryAt!: string | null;
}

export class PbxAccountDto {
  @Shown('Id of the connection whose PBX it commands.', SHOWN.id)
  connectionId!: string;

  @Shown(ABOUT.settings, SHOWN.object)
  settings!: Record<string, unknown>;

  @Shown('Names of the secrets that are set.', { type: String, isArray: true, example: ['code'] })
  secretsSet!: string[];

  @Shown(ABOUT.numbers.about, { type: String, enum: [...NUMBERS], nullable: true })
  numbers!: DriverAccount['numbers'] | null;

  @Shown(ABOUT.enabled.about, { type: Boolean })
  enabled!: boolean;

  @Shown(ABOUT.perSecond.about, { type: 'integer' })
  perSecond!: number;

  @Shown(ABOUT.atOnce.about, { type: 'integer' })
  atOnce!: number;

  @Shown('How its realtime channel is; null where the account does not want one.', {
    type: PbxFeedDto,
    nullable: true,
  })
  feed!: PbxFeedDto | null;

  @Shown('When it was made.', SHOWN.time)
  createdAt!: string;

  @Shown('When it was last changed.', SHOWN.time)
  updatedAt!: string;
}

export class PbxAccountTestedDto {
  @Shown('Whether the PBX answered as to somebody whom it lets in.', { type: Boolean })
  ok!: boolean;

  @Shown('What it showed, or why not. A sentence.', { type: String })
  reason!: string;
}

class AccountFieldDto {
  @Shown('A member of `settings`, or of `secrets` where it is one.', { type: String, example: 'code' })
  name!: string;

  @Shown('What it is.', { type: String })
  what!: string;

  @Shown('Whether it goes into `secrets`.', { type: Boolean })
  secret!: boolean;

  @Shown('Whether there is no account without it.', { type: Boolean })
  required!: boolean;

  @Shown('All the values that it may have; null for free text.', { type: [String], nullable: true })
  values!: string[] | null;

  @Shown('The value that holds where it is not set.', SHOWN.textOrNull)
  byDefault!: string | null;
}

export class PbxDriverDto {
  @Shown('The dialect of the connections that can have such an account.', {
    type: String,
    example: 'voicenter',
  })
  vendor!: string;

  @Shown('What it commands.', { type: String })
  title!: string;

  @Shown('What its account is made of.', { type: [AccountFieldDto] })
  fields!: AccountFieldDto[];

  @Shown('How its PBXs are given numbers where the account does not say.', {
    type: String,
    enum: [...NUMBERS],
  })
  numbers!: DriverAccount['numbers'];

  @Shown('What it can do.', { type: String, isArray: true, enum: [...CAPABILITIES] })
  capabilities!: Capability[];
}

export class PbxDriversDto {
  @Shown('All of them.', { type: [PbxDriverDto] })
  data!: PbxDriverDto[];
}
