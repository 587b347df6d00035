import { createRoute } from '@tanstack/react-router';
import { root } from './root-route';
import { Shell } from './shell';

/** What all screens of who is signed in are in. */
export const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell });
