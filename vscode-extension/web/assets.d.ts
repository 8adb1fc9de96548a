/** The script of a worker, bundled, as text: what is loaded from files cannot start one by address. */
declare module "*?worker" {
  const source: string;
  export default source;
}

/** Bundled into the page's own style sheet. */
declare module "*.css";
