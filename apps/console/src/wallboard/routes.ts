import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { shell } from '../app/shell-route';

export const wallboardRoutes = [
  createRoute({
    getParentRoute: () => shell,
    path: '/t/$tenant/live',
    // `?tv=1` is a screen on a wall: big, and nothing around it.
    validateSearch: (search): { tv?: 1 } => (search['tv'] === 1 || search['tv'] === true ? { tv: 1 } : {}),
    component: lazyRouteComponent(() => import('./wallboard-page'), 'WallboardPage'),
  }),
] as const;
