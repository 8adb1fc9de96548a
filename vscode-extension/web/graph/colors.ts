/** The colours of a graph, as api.ts names their variables. */
export const colorNames = [
  "background",
  "foreground",
  "muted",
  "box",
  "border",
  "accent",
  "hover",
  "passed",
  "failed",
  "skipped",
  "running",
  "python",
  "sql",
  "seed",
  "source",
  "snapshot",
  "exposure",
] as const;

export type ColorName = (typeof colorNames)[number];
export type Colors = Readonly<Record<ColorName, string>> & { readonly font: string };

/** What the page's variables are now, as colours that a canvas and a picture understand. */
export function readColors(element: HTMLElement): Colors {
  const probe = document.createElement("span");
  probe.hidden = true;
  element.append(probe);
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const entries = colorNames.map((name) => {
    probe.style.color = `var(--graph-${name})`;
    return [name, plain(getComputedStyle(probe).color, canvas)] as const;
  });
  probe.remove();
  const font = getComputedStyle(element).fontFamily;
  return { ...(Object.fromEntries(entries) as Record<ColorName, string>), font };
}

/** As red, green, blue and alpha, whatever a page's CSS mixes them from. */
function plain(color: string, canvas: CanvasRenderingContext2D | null): string {
  if (canvas === null) {
    return color;
  }
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = color;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue, alpha = 255] = canvas.getImageData(0, 0, 1, 1).data;
  return `rgba(${red}, ${green}, ${blue}, ${Math.round((alpha / 255) * 100) / 100})`;
}
