import { useEffect, useState } from "react";

/** How often words such as "3 min" and "overdue" are looked at anew, ms. */
const everyMs = 30_000;

/** The present, as a page that stays open sees it: the same for a whole drawing, half a minute old at the most. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), everyMs);
    return () => clearInterval(timer);
  }, []);
  return now;
}
