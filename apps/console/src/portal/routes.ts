import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../app/root-route';

export const portalRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/portal',
    component: lazyRouteComponent(() => import('./portal-page'), 'PortalPage'),
  }),
] as const;
