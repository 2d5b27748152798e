import { LinkButton } from "#web/kit/button.tsx";
import { NotThere } from "#web/kit/states.tsx";
import { useWords } from "#web/kit/words.ts";
import { useParams } from "@tanstack/react-router";

const words = {
  uk: {
    title: "Такої сторінки немає",
    why: "Адреса неповна, або сторінку прибрали.",
    home: "На головну",
  },
  en: {
    title: "There is no such page",
    why: "The address is incomplete, or the page was removed.",
    home: "To the start page",
  },
};

/** An address that no screen answers, inside a clinic or outside. */
export function NotTherePage() {
  const { slug } = useParams({ strict: false });
  const t = useWords(words);
  const state = (
    <NotThere
      title={t.title}
      moves={
        <LinkButton kind="primary" to={slug ? `/c/${slug}` : "/"}>
          {t.home}
        </LinkButton>
      }
    >
      {t.why}
    </NotThere>
  );
  // outside a clinic there is no frame that would be the page's main part
  return slug ? state : <main className="q-alone">{state}</main>;
}
