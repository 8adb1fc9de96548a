import type { GraphFile } from "./api";
import type { Colors } from "./colors";
import { make } from "./dom";
import { mermaid } from "./mermaid";
import { png, svg } from "./picture";
import type { Names, Scene } from "./scene";

export type ExportFormat = "svg" | "png" | "mermaid";

export const exportFormats: readonly (readonly [label: string, format: ExportFormat])[] = [
  ["SVG", "svg"],
  ["PNG", "png"],
  ["Mermaid", "mermaid"],
];

/** What is shown, as a file. */
export async function exported(
  format: ExportFormat,
  scene: Scene,
  colors: Colors,
  names: Names,
): Promise<GraphFile> {
  switch (format) {
    case "svg":
      return file("lineage.svg", "image/svg+xml", svg(scene, colors, names));
    case "png":
      return { name: "lineage.png", content: await png(svg(scene, colors, names)) };
    case "mermaid":
      return file("lineage.mmd", "text/plain", mermaid(scene.data));
  }
}

/** The browser's own way to keep a file. */
export function download({ name, content }: GraphFile): void {
  const link = make("a", { href: URL.createObjectURL(content), download: name });
  link.click();
  URL.revokeObjectURL(link.href);
}

function file(name: string, type: string, text: string): GraphFile {
  return { name, content: new Blob([text], { type }) };
}
