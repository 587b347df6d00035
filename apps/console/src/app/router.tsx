import { createBrowserHistory, createMemoryHistory, createRoute, createRouter } from '@tanstack/react-router';
import { agentRoutes } from '../agent/routes';
import { auditRoutes } from '../audit/routes';
import { callsRoutes } from '../calls/routes';
import { campaignsRoutes } from '../campaigns/routes';
import { connectionsRoutes } from '../connections/routes';
import { connectorsRoutes } from '../connectors/routes';
import { contactsRoutes } from '../contacts/routes';
import { deliveriesRoutes } from '../deliveries/routes';
import { endpointsRoutes } from '../endpoints/routes';
import { ivrRoutes } from '../ivr/routes';
import { operatorRoutes } from '../operator/routes';
import { overviewRoutes } from '../overview/routes';
import { portalRoutes } from '../portal/routes';
import { replaysRoutes } from '../replays/routes';
import { settingsRoutes } from '../settings/routes';
import { signInRoutes } from '../sign-in/routes';
import { wallboardRoutes } from '../wallboard/routes';
import { Home } from './home';
import { IS_PORTAL_PAGE } from './portal';
import { root } from './root-route';
import { shell } from './shell-route';

const home = createRoute({ getParentRoute: () => root, path: '/', component: Home });

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    ...signInRoutes,
    ...agentRoutes,
    ...portalRoutes,
    shell.addChildren([
      ...operatorRoutes,
      ...overviewRoutes,
      ...callsRoutes,
      ...deliveriesRoutes,
      ...replaysRoutes,
      ...endpointsRoutes,
      ...connectionsRoutes,
      ...connectorsRoutes,
      ...ivrRoutes,
      ...contactsRoutes,
      ...campaignsRoutes,
      ...wallboardRoutes,
      ...settingsRoutes,
      ...auditRoutes,
    ]),
  ]),
  // A frame's steps are none of the page's around it, and who loads it again needs a new link anyway.
  history: IS_PORTAL_PAGE ? createMemoryHistory({ initialEntries: ['/portal'] }) : createBrowserHistory(),
  defaultPreload: false,
  scrollRestoration: !IS_PORTAL_PAGE,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
