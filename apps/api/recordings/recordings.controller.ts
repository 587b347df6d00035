import {
  Controller,
  Get,
  Head,
  Inject,
  Param,
  Req,
  Res,
  type BeforeApplicationShutdown,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HttpStreamer } from '#platform';
import { PlayRecording, type Playing } from './play-recording.js';

/** Links to recordings, for whoever holds one: no API key, the link itself is the permission. */
@Controller('recordings')
@ApiExcludeController()
export class RecordingsController implements BeforeApplicationShutdown {
  constructor(
    @Inject(PlayRecording) private readonly player: PlayRecording,
    @Inject(HttpStreamer) private readonly streamer: HttpStreamer,
  ) {}

  /** Somebody may listen for an hour, and a player goes on elsewhere by itself with `Range`. */
  beforeApplicationShutdown(): void {
    this.streamer.close();
  }

  /** Before GET, or Fastify would make a HEAD of its own that reads the whole recording. */
  @Head(':token')
  async look(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    // The server is asked with GET all the same: many links of vendors are signed for that alone.
    const { status, headers, body } = await this.play(token, request, reply);
    body.destroy();
    void reply.status(status).headers(headers).send();
  }

  @Get(':token')
  async listen(
    @Param('token') token: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { status, headers, body } = await this.play(token, request, reply);
    void reply.status(status).headers(headers).send(body);
  }

  private play(token: string, { headers }: FastifyRequest, reply: FastifyReply): Promise<Playing> {
    const away = new AbortController();
    reply.raw.once('close', () => {
      away.abort();
    });
    const { range, 'if-range': ifRange } = headers;
    return this.player.play(token, { range, ifRange: ifRange?.toString(), signal: away.signal });
  }
}
