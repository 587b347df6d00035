import {
  ACTOR_KINDS,
  CALL_RESULTS,
  CALL_STATES,
  DIRECTIONS,
  MATCH_REASONS,
  NUMBER_TYPES,
  type ActorKind,
  type AgentId,
  type CallResult,
  type CallState,
  type Direction,
  type EnrichedCall,
  type EnrichedLeg,
  type MatchReason,
  type MatchedContact,
  type Money,
  type NamedId,
  type NoteAuthor,
  type NumberType,
  type Party,
  type ShownAgent,
  type ShownDid,
  type ShownIvrStep,
  type ShownMatch,
  type ShownNote,
  type ShownQueue,
  type ShownRecording,
} from '#domain';
import { PageDto } from '../http/page.dto.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

/** The schemas of a call's record. `implements` keeps them in step with the domain. */

export class PartyDto implements Party {
  @Shown('Exactly what the PBX said.', { type: String, example: '050-234-5678' })
  original!: string;

  @Shown(
    'The number in E.164, when it is one: valid or, written with a plus, possible (then without a type).',
    { ...SHOWN.textOrNull, example: '+972502345678' },
  )
  e164!: string | null;

  @Shown('ISO 3166-1 alpha-2.', { ...SHOWN.textOrNull, example: 'IL' })
  country!: string | null;

  @Shown('English name of the country.', { ...SHOWN.textOrNull, example: 'Israel' })
  countryName!: string | null;

  @Shown('Line type, as far as the numbering plan tells.', {
    type: String,
    enum: [...NUMBER_TYPES],
    nullable: true,
  })
  type!: NumberType | null;

  @Shown('What was written behind the number as an extension of it; left out where nothing was.', {
    type: String,
    required: false,
    example: '12',
  })
  extension?: string;
}

export class MoneyDto implements Money {
  @Shown("In the currency's main unit.", { type: Number, example: 0.07 })
  amount!: number;

  @Shown('ISO 4217.', { type: String, example: 'ILS' })
  currency!: string;
}

export class RecordingDto implements ShownRecording {
  @Shown('Plays it to whoever has this link, without a key; it expires and can be revoked.', {
    type: String,
    format: 'uri',
    example: 'https://switchhook.example/recordings/k1.AZ...',
  })
  url!: string;

  @Shown(
    'Where the PBX keeps it; null where the connection has a recording access of its own.',
    SHOWN.textOrNull,
  )
  vendorUrl!: string | null;
}

export class DidDto extends PartyDto implements ShownDid {
  @Shown('What you call this number.', SHOWN.textOrNull)
  label!: string | null;
}

export class IvrStepDto implements ShownIvrStep {
  @Shown('1 for the first step.', { type: 'integer' })
  order!: number;

  @Shown('Id of the menu.', { type: String })
  layerId!: string;

  @Shown('Name of the menu.', SHOWN.textOrNull)
  layerName!: string | null;

  @Shown('Number of the menu.', SHOWN.countOrNull)
  layerNumber!: number | null;

  @Shown('What the caller pressed.', SHOWN.textOrNull)
  digits!: string | null;

  @Shown('When we heard of it; null where the PBX listed it when the call was over.', SHOWN.timeOrNull)
  at!: string | null;
}

export class AgentDto implements ShownAgent {
  @Shown('Id of the agent; null for one whom only the PBX knows.', SHOWN.idOrNull)
  id!: AgentId | null;

  @Shown('E-mail address of the agent.', SHOWN.textOrNull)
  email!: string | null;

  @Shown("The PBX's code of the agent.", SHOWN.textOrNull)
  code!: string | null;

  @Shown('Name of the agent.', SHOWN.textOrNull)
  name!: string | null;
}

export class NamedIdDto implements NamedId {
  @Shown("The PBX's id.", { type: String })
  id!: string;

  @Shown('Its name.', SHOWN.textOrNull)
  name!: string | null;
}

export class QueueOfCallDto extends NamedIdDto implements ShownQueue {
  @Shown('What you call this queue.', SHOWN.textOrNull)
  label!: string | null;
}

export class MatchedContactDto implements MatchedContact {
  @Shown('Id of the contact in its source.', { type: String, example: SHOWN.id.example })
  id!: string;

  @Shown('Where it was found: `directory`, or the id of another source of contacts.', {
    type: String,
    example: 'directory',
  })
  source!: string;

  @Shown('Your own id of it.', SHOWN.textOrNull)
  externalId!: string | null;

  @Shown('Its name when the call came.', { type: String })
  name!: string;

  @Shown('The company it belongs to.', SHOWN.textOrNull)
  company!: string | null;

  @Shown('Its page.', SHOWN.textOrNull)
  url!: string | null;
}

const REASON_ABOUT =
  'Why it is this contact, or none. `only_one`: nobody else has the number. `updated_last`, `created_first`, `first_source`: ' +
  'several have it, and your match policy says which. `several`: it says to ask. `nobody`: no contact has it. `no_number`: ' +
  'the caller withheld it, or it is none. `extension`, `own_number`: it is one of your people’s or your own. `chosen`: somebody ' +
  'of yours chose it, or that it is nobody.';

export class MatchDto implements ShownMatch {
  @Shown(REASON_ABOUT, { type: String, enum: [...MATCH_REASONS] })
  reason!: MatchReason;

  @Shown('How many contacts have the number.', { type: 'integer' })
  total!: number;

  @Shown('Where there are several, the first of them.', { type: () => [MatchedContactDto] })
  candidates!: MatchedContactDto[];
}

/** What a call and each of its legs have in common. */
class CallFactsDto {
  @Shown('Seen from the tenant.', { type: String, enum: [...DIRECTIONS] })
  direction!: Direction;

  @Shown('How it ended; `unknown` until then, unless somebody has answered.', {
    type: String,
    enum: [...CALL_RESULTS],
  })
  result!: CallResult;

  @Shown("The vendor's word for the kind of call.", { type: String })
  vendorType!: string;

  @Shown("The vendor's word for how it ended.", { type: String })
  vendorStatus!: string;

  @Shown('Start of the call.', SHOWN.timeOrNull)
  startedAt!: string | null;

  @Shown('When it was answered.', SHOWN.timeOrNull)
  answeredAt!: string | null;

  @Shown('End of the call.', SHOWN.timeOrNull)
  endedAt!: string | null;

  @Shown('How long it rang.', SHOWN.countOrNull)
  ringSeconds!: number | null;

  @Shown('How long it waited in a queue.', SHOWN.countOrNull)
  queueSeconds!: number | null;

  @Shown('How long they talked.', SHOWN.countOrNull)
  talkSeconds!: number | null;

  @Shown('Who called.', { type: () => PartyDto })
  from!: PartyDto;

  @Shown('Who was called.', { type: () => PartyDto })
  to!: PartyDto;

  @Shown("The tenant's number that was dialed or shown.", { type: () => DidDto, nullable: true })
  did!: DidDto | null;

  @Shown('Extension that took part.', { ...SHOWN.textOrNull, example: '101' })
  extension!: string | null;

  @Shown('What you call this extension.', { ...SHOWN.textOrNull, example: 'Reception' })
  extensionLabel!: string | null;

  @Shown(
    'Agent who took part: whose extension it is, else whom the PBX names; from your directory where it knows one.',
    { type: () => AgentDto, nullable: true },
  )
  agent!: AgentDto | null;

  @Shown('Queue that it went through.', { type: () => QueueOfCallDto, nullable: true })
  queue!: QueueOfCallDto | null;

  @Shown('Department that it belongs to.', { type: () => NamedIdDto, nullable: true })
  department!: NamedIdDto | null;

  @Shown('What it cost.', { type: () => MoneyDto, nullable: true })
  price!: MoneyDto | null;

  @Shown('Recordings.', { type: () => [RecordingDto] })
  recordings!: RecordingDto[];

  @Shown('What was pressed in menus.', { type: () => [IvrStepDto] })
  ivrPath!: IvrStepDto[];

  @Shown('What was given along when the call was placed.', SHOWN.object)
  customData!: Record<string, unknown>;

  @Shown("The vendor's id of the call that this one was transferred from.", SHOWN.textOrNull)
  transferOf!: string | null;

  @Shown('AI summary, transcript and the like, as the vendor sent it.', { ...SHOWN.object, nullable: true })
  ai!: unknown;

  @Shown(
    "The vendor's names of fields whose values could not be read: they are null here, their text is in `raw` of the leg.",
    { type: [String], example: ['dialtime'] },
  )
  unreadableFields!: string[];

  @Shown(
    'Fields that the dialect does not know, as they came; empty for a call of several legs.',
    SHOWN.object,
  )
  raw!: Record<string, unknown>;
}

const WHICH_PART =
  'Which part of the call: `only` for all of it, `agent` and `customer` where a PBX calls in two steps, others for parts ' +
  'such as an extension that rang.';

export class CallLegDto extends CallFactsDto implements EnrichedLeg {
  @Shown(WHICH_PART, {
    type: String,
    example: 'only',
  })
  key!: string;

  @Shown('How far it is; null when all that is known of it was noted afterwards.', {
    type: String,
    enum: [...CALL_STATES],
    nullable: true,
  })
  state!: CallState | null;
}

export class NoteAuthorDto implements NoteAuthor {
  @Shown('A person, an API key, or the holder of a portal link.', { type: String, enum: [...ACTOR_KINDS] })
  kind!: ActorKind;

  @Shown('Id of the person, of the key or of the portal session.', { type: String })
  id!: string;

  @Shown('Name of the person; null for a key.', SHOWN.textOrNull)
  name!: string | null;
}

export class CallNoteDto implements ShownNote {
  @Shown('Id of the note.', SHOWN.id)
  id!: string;

  @Shown('When it was written.', SHOWN.time)
  at!: string;

  @Shown('Who wrote it.', { type: () => NoteAuthorDto })
  by!: NoteAuthorDto;

  @Shown('What was written; null where only the outcome was said.', SHOWN.textOrNull)
  text!: string | null;

  @Shown('What came of the call, in your own words; null where nobody said.', {
    ...SHOWN.textOrNull,
    example: 'interested',
  })
  outcome!: string | null;
}

export class CallDto extends CallFactsDto implements EnrichedCall {
  @Shown('Id of the call.', SHOWN.id)
  id!: EnrichedCall['id'];

  @Shown('Connection that it came by.', SHOWN.id)
  connectionId!: EnrichedCall['connectionId'];

  @Shown("The vendor's id of the call.", { type: String })
  vendorCallId!: string;

  @Shown('How far the call is.', { type: String, enum: [...CALL_STATES] })
  state!: CallState;

  @Shown(
    'What the clock of the party outside showed when the call started; null where its number does not decide that.',
    { ...SHOWN.textOrNull, example: '2026-11-21T11:28:52+02:00' },
  )
  callerLocalTime!: string | null;

  @Shown(
    'Whose the number outside is, as your contacts told when the call came; null where nobody is known.',
    {
      type: () => MatchedContactDto,
      nullable: true,
    },
  )
  contact!: MatchedContactDto | null;

  @Shown('Why it is this contact; null where nobody was asked.', { type: () => MatchDto, nullable: true })
  match!: MatchDto | null;

  @Shown('What people wrote about it, the first note first.', { type: () => [CallNoteDto] })
  notes!: CallNoteDto[];

  @Shown('The parts of a call that has several, in the order of their start; empty for a call of one.', {
    type: () => [CallLegDto],
  })
  legs!: CallLegDto[];
}

export class CallPageDto extends PageDto {
  @Shown('Latest start first.', { type: [CallDto] })
  data!: CallDto[];
}
