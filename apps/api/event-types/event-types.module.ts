import { Module } from '@nestjs/common';
import { FoundationModule } from '../foundation.module.js';
import { EventTypesController } from './event-types.controller.js';

@Module({ imports: [FoundationModule], controllers: [EventTypesController] })
export class EventTypesModule {}
