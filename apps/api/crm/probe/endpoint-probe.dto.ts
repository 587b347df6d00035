import { SHOWN, Shown } from '../../http/shown.decorator.js';

export class EndpointProbedDto {
  @Shown('Whether the CRM let us in. It may still lack something.', { type: Boolean })
  ok!: boolean;

  @Shown('Whose credentials they are there; null where the CRM does not say.', SHOWN.textOrNull)
  account!: string | null;

  @Shown('What is missing there for what it shall do, in sentences. Empty: nothing.', { type: [String] })
  lacks!: string[];

  @Shown('Why it did not: in the CRM’s own words, where it has any. Null where it did.', SHOWN.textOrNull)
  problem!: string | null;

  @Shown('HTTP status of its last answer; null where there was none.', SHOWN.countOrNull)
  status!: number | null;

  @Shown('How long all of it took, in milliseconds.', { type: Number, example: 180 })
  durationMs!: number;
}
