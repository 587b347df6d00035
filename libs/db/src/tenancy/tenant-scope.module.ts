import { Inject, Module, type DynamicModule, type OnApplicationShutdown } from '@nestjs/common';
import { ENV, type Env } from '#platform';
import { TenantScope } from './tenant-scope.js';

/** The database as the api uses it: TenantScope. Global, and apart from DbModule: nobody else has to load Prisma. */
@Module({})
export class TenantScopeModule implements OnApplicationShutdown {
  constructor(@Inject(TenantScope) private readonly scope: TenantScope) {}

  static with(databaseUrl: string): DynamicModule {
    return {
      module: TenantScopeModule,
      global: true,
      providers: [
        {
          provide: TenantScope,
          inject: [ENV],
          useFactory: (env: Env) => new TenantScope(env.API_DATABASE_URL ?? databaseUrl, env.DATABASE_POOL),
        },
      ],
      exports: [TenantScope],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.scope.end();
  }
}
