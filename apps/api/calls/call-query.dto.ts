import { CALL_RESULTS, DIRECTIONS, type CallResult, type Direction } from '#domain';
import { ChoiceField, FlagField, IdField, TextField, TimeField } from '../http/field.decorator.js';
import { PageQueryDto } from '../http/page.dto.js';

const OPTIONAL = { optional: true } as const;

export class CallQueryDto extends PageQueryDto {
  @TimeField({ about: 'Calls that started then or later.', ...OPTIONAL })
  from?: string;

  @TimeField({ about: 'Calls that started before then.', ...OPTIONAL })
  to?: string;

  @TextField({ about: 'The party outside, in any spelling.', max: 64, example: '+972502345678', ...OPTIONAL })
  number?: string;

  @TextField({ about: 'Extension that took part.', max: 64, example: '101', ...OPTIONAL })
  extension?: string;

  @ChoiceField({ about: 'How the call ended.', of: CALL_RESULTS, ...OPTIONAL })
  result?: CallResult;

  @ChoiceField({ about: 'Direction of the call.', of: DIRECTIONS, ...OPTIONAL })
  direction?: Direction;

  @TextField({ about: "Our id of the call, or the PBX's, also one that was cut.", max: 4096, ...OPTIONAL })
  id?: string;

  @IdField({ about: 'Connection that it came by.', ...OPTIONAL })
  connectionId?: string;

  @TextField({ about: "The PBX's id of a queue that it went through.", max: 64, ...OPTIONAL })
  queueId?: string;

  @FlagField({ about: 'Whether it has a recording.', fromQuery: true, ...OPTIONAL })
  recording?: boolean;

  @FlagField({
    about: 'Whether somebody called you and was not served: missed, abandoned, busy and the like.',
    fromQuery: true,
    ...OPTIONAL,
  })
  missed?: boolean;

  @FlagField({
    about: 'Whether somebody called you whose number none of your contacts has.',
    fromQuery: true,
    ...OPTIONAL,
  })
  unknownCaller?: boolean;
}
