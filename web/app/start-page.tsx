import { readMe } from "#product/identity/sign-in/contract.ts";
import { session } from "#web/client/api.ts";
import { useLoaded } from "#web/client/hooks.ts";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { Boundary } from "./boundary.tsx";
import { startOf } from "./places.tsx";

/** The bare address: to the clinic of the last visit, or to sign in. */
export function StartPage() {
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    void session().then((client) => (client.isOpen() ? setOpen(true) : navigate({ to: "/sign-in", search: {} })));
  }, [navigate]);
  return open ? (
    <Boundary>
      <ToClinic />
    </Boundary>
  ) : null;
}

function ToClinic() {
  const me = useLoaded(readMe);
  const navigate = useNavigate();
  useEffect(() => {
    const last = localStorage.getItem("qms.clinic");
    const clinic = me.clinics.find((one) => one.slug === last) ?? me.clinics[0];
    void (clinic
      ? navigate({ href: `/c/${clinic.slug}${startOf(clinic.types)}` })
      : navigate({ to: "/sign-in", search: {} }));
  }, [me, navigate]);
  return null;
}
