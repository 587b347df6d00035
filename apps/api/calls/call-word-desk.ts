import {
  AppError,
  DIRECTORY,
  isUuid,
  notFound,
  shownNote,
  tidyLine,
  type AgentId,
  type CallId,
  type NoteAuthor,
  type TenantId,
} from '#domain';
import type { CallWordRepository, Speaker } from '#db';
import { newId, type Clock } from '#platform';
import type { Ringer } from '#queues';
import type { Caller } from '../access/caller.js';
import type { ChosenDto, ContactChoiceDto, NewNoteDto } from './call-word.dto.js';
import type { CallNoteDto } from './call.dto.js';

export interface CallWordDeskParts {
  words: CallWordRepository;
  ringer: Pick<Ringer, 'ring'>;
  clock: Pick<Clock, 'now'>;
}

/** Whose calls: those of the tenant or, with an agent, those of that agent only. */
export interface Whose {
  tenant: TenantId;
  agentId: AgentId | null;
}

/** What people say of calls: the enricher writes it and tells the endpoints, a moment later. */
export class CallWordDesk {
  constructor(private readonly parts: CallWordDeskParts) {}

  /** @throws AppError `note.empty`, `resource.not_found`, `connection.deleted`, `call.too_many_notes` */
  async note(whose: Whose, callId: CallId, body: NewNoteDto, caller: Caller): Promise<CallNoteDto> {
    const { words, ringer, clock } = this.parts;
    const text = body.text?.trim() || null;
    const outcome = (body.outcome && tidyLine(body.outcome)) || null;
    if (text === null && outcome === null) throw emptyNote();
    const note = { id: newId(), at: clock.now(), by: authorOf(caller), text, outcome };
    const connectionId = await words.note(whose.tenant, callId, note, speaker(whose, caller));
    ringer.ring('connection', [connectionId]);
    return shownNote(note);
  }

  /** @throws AppError `resource.not_found` for the call or the contact; `connection.deleted` */
  async choose(whose: Whose, callId: CallId, body: ContactChoiceDto, caller: Caller): Promise<ChosenDto> {
    const { source = DIRECTORY, contactId } = body;
    if (contactId !== null && source === DIRECTORY && !isUuid(contactId)) throw notFound('contact');
    const choice = contactId === null ? null : { source, id: contactId };
    const { words, ringer } = this.parts;
    const said = await words.choose(whose.tenant, callId, choice, speaker(whose, caller));
    ringer.ring('connection', [said.connectionId]);
    return { contact: said.contact };
  }
}

function speaker({ agentId }: Whose, { actor }: Caller): Speaker {
  return { by: actor, agentId };
}

function authorOf({ actor, person }: Caller): NoteAuthor {
  return { kind: actor.kind, id: actor.id, name: person?.signedIn.person.name ?? null };
}

function emptyNote(): AppError {
  return new AppError('rejected', 'note.empty', 'A note has a text or an outcome: this one has neither.');
}
