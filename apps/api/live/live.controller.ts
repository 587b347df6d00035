import { Get, Inject, Query } from '@nestjs/common';
import type { TenantId } from '#domain';
import { May } from '../access/access.guard.js';
import { Tenant } from '../access/caller.decorator.js';
import { Answers } from '../http/answers.decorator.js';
import { ApiController } from '../http/api-controller.decorator.js';
import { LiveNowDto, LiveQueryDto } from './live.dto.js';
import { LiveTail } from './live-tail.js';
import type { LiveHello } from './live-tenant.js';

@May('see')
@ApiController('live', 'Live')
export class LiveController {
  constructor(@Inject(LiveTail) private readonly tail: LiveTail) {}

  @Get('events')
  @Answers(200, 'Ask what happens to calls', {
    type: LiveNowDto,
    about:
      'For machines that keep no connection open; everybody else connects to `/live` by Socket.IO. What happened is there for ten ' +
      'minutes, and from the first question on: whoever asks seldom gets everything anew.',
  })
  async events(@Tenant() tenant: TenantId, @Query() { after }: LiveQueryDto): Promise<LiveNowDto> {
    let answer: LiveHello | undefined;
    await this.tail.greet(tenant, after, {
      // Heard once, and left again.
      enter: () => ({ name: '', rooms: new Set(['tenant']) }),
      tell: (hello) => (answer = hello),
    });
    return answer as LiveHello;
  }
}
