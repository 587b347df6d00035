import { ASK_MODES, DEFAULT_POLICY, MATCH_CHOICES, type AskMode, type MatchChoice } from '#domain';
import { ChoiceField, TextsField } from '../http/field.decorator.js';
import { Shown } from '../http/shown.decorator.js';

const CHOOSE =
  'Which contact a call is of where several have the number. `updated_last`: the one that was changed last. `created_first`: the ' +
  'one that was made first. `ask`: none; the call lists them. `by_source`: one of the first of the `sources` that has any.';
const SOURCES =
  'Sources of contacts, the first one first: `directory` for the contacts kept here, or ids of sources of your own. Those that are ' +
  'not named come last.';
const ASK =
  'How sources of your own are asked while the phone rings, where the directory does not know the number. `side_by_side`: all at ' +
  'once. `in_order`: one after the other, until one has a contact.';

/** `directory`, or an id. */
const SOURCE = /^(?:directory|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

export class PutMatchPolicyDto {
  @ChoiceField({ about: CHOOSE, of: MATCH_CHOICES, byDefault: DEFAULT_POLICY.choose })
  choose!: MatchChoice;

  @TextsField({
    about: SOURCES,
    most: 20,
    pattern: SOURCE,
    optional: true,
    byDefault: DEFAULT_POLICY.sources,
  })
  sources?: string[];

  @ChoiceField({ about: ASK, of: ASK_MODES, byDefault: DEFAULT_POLICY.ask, optional: true })
  ask?: AskMode;
}

export class MatchPolicyDto {
  @Shown(CHOOSE, { type: String, enum: [...MATCH_CHOICES] })
  choose!: MatchChoice;

  @Shown(SOURCES, { type: [String], example: DEFAULT_POLICY.sources })
  sources!: readonly string[];

  @Shown(ASK, { type: String, enum: [...ASK_MODES] })
  ask!: AskMode;
}
