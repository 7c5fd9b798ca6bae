/** The modules that build/texts.ts makes. */
declare module "virtual:console-texts/*" {
  const source: string;
  export default source;
}
declare module "*.css";
