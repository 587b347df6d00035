import { IsTimeZone } from 'class-validator';
import { TextField } from '../http/field.decorator.js';
import { SHOWN, Shown } from '../http/shown.decorator.js';

const COUNT = { type: 'integer', minimum: 0 } as const;

export class CallsTodayQueryDto {
  @TextField({
    about: 'IANA time zone by whose clock the day began.',
    max: 64,
    // PostgreSQL reads an offset in its name the other way round.
    pattern: /^[A-Za-z][A-Za-z0-9_+/-]*$/,
    byDefault: 'UTC',
    example: 'Asia/Jerusalem',
    optional: true,
  })
  @IsTimeZone()
  zone?: string;
}

class QueueTodayDto {
  @Shown('Whose PBX it is of.', SHOWN.id)
  connectionId!: string;

  @Shown('The PBX’s id of the queue.', { type: String, example: '500' })
  queueId!: string;

  @Shown('Calls that went through it.', COUNT)
  calls!: number;

  @Shown('Those that somebody answered.', COUNT)
  answered!: number;

  @Shown('Those whose caller hung up before anybody did.', COUNT)
  abandoned!: number;
}

class AgentTodayDto {
  @Shown('Id of the agent.', SHOWN.id)
  agentId!: string;

  @Shown('Answered calls at the agent’s phones, or with the agent’s code.', COUNT)
  answered!: number;

  @Shown('Seconds that were talked in them.', { type: Number, minimum: 0, example: 1234 })
  talkSeconds!: number;
}

export class CallsTodayDto {
  @Shown('When the day began.', SHOWN.time)
  from!: string;

  @Shown('Whether all calls of the day were counted; else the latest 500,000.', { type: Boolean })
  complete!: boolean;

  @Shown('Queues that had calls.', { type: [QueueTodayDto] })
  queues!: QueueTodayDto[];

  @Shown('Agents that had calls.', { type: [AgentTodayDto] })
  agents!: AgentTodayDto[];
}
