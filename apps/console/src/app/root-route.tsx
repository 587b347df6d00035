import { createRootRoute, Outlet } from '@tanstack/react-router';
import { lazy, Suspense, type ReactNode } from 'react';
import { Broken, NoSuchPage } from './broken';
import { usePortal } from './portal';

const PortalFrame = lazy(async () => ({ default: (await import('../portal/portal-frame')).PortalFrame }));

/** The same screens are shown in the console and, in a frame of their own, in portals. */
function Root(): ReactNode {
  const portal = usePortal();
  if (portal === null) return <Outlet />;
  return (
    <Suspense>
      <PortalFrame portal={portal} />
    </Suspense>
  );
}

export const root = createRootRoute({
  component: Root,
  notFoundComponent: NoSuchPage,
  errorComponent: Broken,
});
