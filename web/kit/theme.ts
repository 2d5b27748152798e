import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

/** Ten teal shades around the two primary fills; 7 is the light scheme's fill, 6 the dark one's. */
const teal: MantineColorsTuple = [
  "#dceff3",
  "#c3e3ea",
  "#a5e0ec",
  "#6ccbdd",
  "#3fa5ba",
  "#1f8ca2",
  "#157a90",
  "#0b6477",
  "#084e5d",
  "#063b47",
];

/** Mantine's neutral ramps, replaced by our surfaces so that parts we did not restyle still belong. */
const gray: MantineColorsTuple = [
  "#f5f7f9",
  "#edf1f4",
  "#e6ebef",
  "#d3dbe2",
  "#6b7a88",
  "#5d6b78",
  "#4b5a68",
  "#3a4855",
  "#26313b",
  "#15202b",
];
const dark: MantineColorsTuple = [
  "#e9eff4",
  "#aab8c5",
  "#9aa9b7",
  "#8797a6",
  "#33404c",
  "#26313b",
  "#212b35",
  "#171f27",
  "#0f151b",
  "#0b1015",
];

export const theme = createTheme({
  colors: { teal, gray, dark },
  primaryColor: "teal",
  primaryShade: { light: 7, dark: 6 },
  white: "#ffffff",
  black: "#15202b",
  fontFamily: "var(--q-font)",
  fontFamilyMonospace: "var(--q-font)",
  fontSizes: { xs: "12px", sm: "14px", md: "14px", lg: "16px", xl: "20px" },
  lineHeights: { xs: "16px", sm: "20px", md: "20px", lg: "24px", xl: "28px" },
  radius: { xs: "4px", sm: "6px", md: "6px", lg: "8px", xl: "12px" },
  defaultRadius: "sm",
  spacing: { xs: "4px", sm: "8px", md: "12px", lg: "16px", xl: "24px" },
  headings: { fontWeight: "650" },
  // Our own :focus-visible rule draws the ring, with its gap, on everything alike.
  focusRing: "never",
  respectReducedMotion: true,
});

/** Mantine's own variables win over plain `:root` rules, so they must be set where it sets them. */
export const variables: CSSVariablesResolver = () => {
  const shared = {
    "--mantine-color-body": "var(--q-surface)",
    "--mantine-color-text": "var(--q-text)",
    "--mantine-color-dimmed": "var(--q-muted)",
    "--mantine-color-placeholder": "var(--q-placeholder)",
    "--mantine-color-error": "var(--q-bad)",
    "--mantine-color-anchor": "var(--q-primary)",
    "--mantine-color-default-border": "var(--q-divider)",
    "--mantine-color-default": "var(--q-surface)",
    "--mantine-color-default-hover": "var(--q-canvas)",
    "--mantine-color-default-color": "var(--q-text)",
    // Set outright: left to itself the dark scheme puts white on a light teal at 2.5 : 1.
    "--mantine-primary-color-filled": "var(--q-primary-fill)",
    "--mantine-primary-color-filled-hover": "var(--q-primary-fill-hover)",
    "--mantine-primary-color-contrast": "var(--q-on-primary)",
    "--mantine-primary-color-light": "var(--q-primary-soft)",
    "--mantine-primary-color-light-color": "var(--q-primary-ink)",
  };
  return { variables: {}, light: shared, dark: shared };
};
