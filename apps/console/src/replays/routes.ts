import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../app/shell-route';
import { readReplayDraft } from './replay-draft';

export const replaysRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/replays',
    validateSearch: readReplayDraft,
    component: lazyRouteComponent(() => import('./replays-page'), 'ReplaysPage'),
  }),
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/replays/$replayId',
    component: lazyRouteComponent(() => import('./replay-page'), 'ReplayPage'),
  }),
] as const;
