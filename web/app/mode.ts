/** Whether this installation is the demonstration: the server writes it into the page. */
export const isDemo = (): boolean =>
  document.querySelector<HTMLMetaElement>('meta[name="qms-mode"]')?.content === "demo";
