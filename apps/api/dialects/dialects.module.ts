import { Module } from '@nestjs/common';
import { FoundationModule } from '../foundation.module.js';
import { DialectsController } from './dialects.controller.js';

@Module({ imports: [FoundationModule], controllers: [DialectsController] })
export class DialectsModule {}
