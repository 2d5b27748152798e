import { createRootRoute, createRoute, createRouter, Outlet, redirect, RouterProvider } from "@tanstack/react-router";
import { lazy, StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { PreferencesProvider } from "./preferences.tsx";
import { SignInSample } from "./sign-in-sample.tsx";

const KitRoute = lazy(() => import("./kit-route.tsx").then((module) => ({ default: module.KitRoute })));

const root = createRootRoute({ component: Outlet, notFoundComponent: SignInSample });
const routes = [
  createRoute({ getParentRoute: () => root, path: "/", component: SignInSample }),
  createRoute({ getParentRoute: () => root, path: "/sign-in", component: SignInSample }),
  createRoute({
    getParentRoute: () => root,
    path: "/kit",
    beforeLoad: () => {
      throw redirect({ to: "/kit/$part", params: { part: "controls" } });
    },
  }),
  createRoute({ getParentRoute: () => root, path: "/kit/$part", component: KitRoute }),
];
const router = createRouter({ routeTree: root.addChildren(routes), defaultPreload: "intent" });

const place = document.getElementById("root");
if (!place) throw new Error("index.html has no #root");
createRoot(place).render(
  <StrictMode>
    <PreferencesProvider timeZone="Europe/Kyiv">
      <Suspense fallback={null}>
        <RouterProvider router={router} />
      </Suspense>
    </PreferencesProvider>
  </StrictMode>,
);
