import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { root } from '../app/root-route';

const linkPage = lazyRouteComponent(() => import('./link-page'), 'LinkPage');

/** A path of ours, and nobody else's address: `//example.com` would be one. */
function isOwnAddress(text: unknown): text is string {
  return typeof text === 'string' && /^\/(?![/\\])/.test(text);
}

export const signInRoutes = [
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    validateSearch: (search): { to?: string } => (isOwnAddress(search['to']) ? { to: search['to'] } : {}),
    component: lazyRouteComponent(() => import('./sign-in-page'), 'SignInPage'),
  }),
  createRoute({ getParentRoute: () => root, path: '/setup', component: linkPage }),
  createRoute({ getParentRoute: () => root, path: '/invitation', component: linkPage }),
  createRoute({ getParentRoute: () => root, path: '/reset', component: linkPage }),
] as const;
