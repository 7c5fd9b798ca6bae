/** The modules that build/texts.ts makes. */
declare module "virtual:console-texts/*" {
  const source: string;
  export default source;
}
declare module "*.css";
declare module "virtual:widget-texts" {
  const texts: Record<string, Record<string, string>>;
  export default texts;
}
