import "./trusted.ts";
import { queries } from "#web/client/hooks.ts";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode, Suspense } from "react";
import { createRoot } from "react-dom/client";
import { PreferencesProvider } from "./preferences.tsx";
import { router } from "./routes.tsx";

const place = document.getElementById("root");
if (!place) throw new Error("index.html has no #root");
createRoot(place).render(
  <StrictMode>
    <PreferencesProvider timeZone="Europe/Kyiv">
      <QueryClientProvider client={queries}>
        <Suspense fallback={null}>
          <RouterProvider router={router} />
        </Suspense>
      </QueryClientProvider>
    </PreferencesProvider>
  </StrictMode>,
);
