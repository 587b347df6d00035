import { DEFAULT_POLICY, MATCH_CHOICES, type MatchChoice } from '#domain';
import { ChoiceField, TextsField } from '../http/field.decorator.js';
import { Shown } from '../http/shown.decorator.js';

const CHOOSE =
  'Which contact a call is of where several have the number. `updated_last`: the one that was changed last. `created_first`: the ' +
  'one that was made first. `ask`: none; the call lists them. `by_source`: one of the first of the `sources` that has any.';
const SOURCES =
  'Sources of contacts, the first one first: `directory` for the contacts kept here, or ids of sources of your own. Those that are ' +
  'not named come last.';

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
}

export class MatchPolicyDto {
  @Shown(CHOOSE, { type: String, enum: [...MATCH_CHOICES] })
  choose!: MatchChoice;

  @Shown(SOURCES, { type: [String], example: DEFAULT_POLICY.sources })
  sources!: readonly string[];
}
