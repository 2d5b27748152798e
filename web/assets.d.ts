// Style and font files are read by the bundler; to the compiler they are side effects.
declare module "*.css";
declare module "@fontsource-variable/inter/*";
