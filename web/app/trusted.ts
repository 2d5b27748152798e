import { z } from "zod";

// zod would try `new Function` to see whether it may compile its parsers; the page's policy refuses that aloud, on every start.
z.config({ jitless: true });

type Policies = { createPolicy: (name: string, rules: { createHTML: (text: string) => string }) => unknown };

// The page's policy demands Trusted Types. The kit writes style sheets by innerHTML: text without a tag may pass, markup may not.
if ("trustedTypes" in window) {
  // the DOM types do not know trustedTypes yet
  const policies = window.trustedTypes as Policies;
  policies.createPolicy("default", {
    createHTML: (text) => {
      if (text.includes("<")) throw new TypeError("markup as text is not taken");
      return text;
    },
  });
}
