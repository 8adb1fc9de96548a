import type { Colors } from "./colors";
import { kindColor, kindIcon, statusIcon } from "./icons";
import { bounds, fontSize, iconSpace, type Names, type Scene } from "./scene";

const margin = 24;
/** Browsers refuse canvases that are much larger. */
const mostPixels = 8192;

/** The graph as an SVG of its own: colours and fonts are in it. */
export function svg(scene: Scene, colors: Colors, names: Names): string {
  const [left, top, right, bottom] = bounds(scene);
  const { data, layout, box } = scene;
  const [width, height] = [right - left + 2 * margin, bottom - top + 2 * margin];
  const edges = layout.routes.map((route) => `<path d="${curve(route)}"/>`);
  const boxes = data.nodes.map((node, i) => {
    const [x, y] = [(layout.x[i] ?? 0) - box.width / 2, (layout.y[i] ?? 0) - box.height / 2];
    const status =
      node.status === undefined
        ? ""
        : `<g transform="translate(${box.width - 23},8)">${statusIcon(node.status, colors)}</g>`;
    const name = escaped(names.fitting(node.name, box));
    return (
      `<g transform="translate(${round(x)},${round(y)})"><title>${escaped(node.name)}</title>` +
      `<rect width="${box.width}" height="${box.height}" rx="5" fill="${colors.box}" ` +
      `stroke="${node.status === "failed" ? colors.failed : colors.border}"/>` +
      `<g transform="translate(9,8)">${kindIcon(kindColor(node), colors)}</g>` +
      `<text x="${iconSpace}" y="${box.height / 2}" dominant-baseline="central" ` +
      `fill="${colors.foreground}">${name}</text>${status}</g>`
    );
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${round(height)}" ` +
    `viewBox="${round(left - margin)} ${round(top - margin)} ${round(width)} ${round(height)}" ` +
    `font-family="${escaped(colors.font)}" font-size="${fontSize}">` +
    `<rect x="${round(left - margin)}" y="${round(top - margin)}" width="100%" height="100%" fill="${colors.background}"/>` +
    `<g fill="none" stroke="${colors.muted}" stroke-opacity="0.6">${edges.join("")}</g>` +
    `${boxes.join("")}</svg>\n`
  );
}

/** The same as pixels, two for one as far as that goes. */
export async function png(drawn: string): Promise<Blob> {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([drawn], { type: "image/svg+xml" }));
  try {
    await image.decode();
    const scale = Math.min(2, mostPixels / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.ceil(image.width * scale);
    canvas.height = Math.ceil(image.height * scale);
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob === null) {
          reject(new Error("The picture is too large: export it as SVG, or show fewer nodes."));
        } else {
          resolve(blob);
        }
      }, "image/png");
    });
  } finally {
    URL.revokeObjectURL(image.src);
  }
}

/** Straight through columns, and from column to column as an S. */
export function curve(route: Float64Array): string {
  let path = `M${round(route[0] ?? 0)} ${round(route[1] ?? 0)}`;
  for (let i = 2; i < route.length; i += 2) {
    const [x, y] = [route[i] ?? 0, route[i + 1] ?? 0];
    const [fromX, fromY] = [route[i - 2] ?? 0, route[i - 1] ?? 0];
    const middle = round((fromX + x) / 2);
    path +=
      fromY === y
        ? `L${round(x)} ${round(y)}`
        : `C${middle} ${round(fromY)} ${middle} ${round(y)} ${round(x)} ${round(y)}`;
  }
  return path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
