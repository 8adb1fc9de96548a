// The lineage page in the words of its user: what is in the middle, how much is shown, where a node is.

/** @param {import("./pages.mjs").Pages} pages */
export class LineagePage {
  constructor(pages) {
    this.pages = pages;
  }

  /** Opens the page before it has anything to show. */
  async begin(theme) {
    this.at = await this.pages.open("lineage", theme);
    await this.at.awaitPosted({ type: "ready" });
  }

  async open(data, focus, theme) {
    await this.begin(theme);
    await this.send(data, focus);
    await this.drawn();
  }

  send(data, focus) {
    return this.at.send({ type: "graph", project: "/shop", data, focus });
  }

  drawn() {
    return this.at.page.locator(".graph-root[data-nodes]").waitFor();
  }

  current() {
    return this.at.page.locator(".graph-reader [role=option]");
  }

  isCurrent(name) {
    return this.current()
      .filter({ hasText: new RegExp(`^${name},`) })
      .waitFor();
  }

  count(text) {
    return this.at.page.locator(".graph-count", { hasText: text }).waitFor();
  }

  /** The middle of the current node on the screen. */
  async place() {
    const { x, y } = await this.current().boundingBox();
    return [x, y];
  }

  sentNode(command, id) {
    return this.at.awaitPosted({ type: "node", command, id });
  }
}
