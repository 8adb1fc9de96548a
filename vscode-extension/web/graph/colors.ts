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
  // Where the system has its own colours (forced colors), all text has one: no box would be to be read.
  probe.style.setProperty("forced-color-adjust", "none");
  element.append(probe);
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const computed = (name: ColorName): string => {
    probe.style.color = `var(--graph-${name})`;
    return getComputedStyle(probe).color;
  };
  const ground = computed("background");
  const entries = colorNames.map(
    (name) =>
      [name, canvas === null ? computed(name) : opaque(computed(name), ground, canvas)] as const,
  );
  probe.remove();
  const font = getComputedStyle(element).fontFamily;
  return { ...(Object.fromEntries(entries) as Record<ColorName, string>), font };
}

/** As red, green and blue over the ground, whatever a page's CSS mixes them from. */
function opaque(color: string, ground: string, canvas: CanvasRenderingContext2D): string {
  for (const layer of ["white", ground, color]) {
    canvas.fillStyle = layer;
    canvas.fillRect(0, 0, 1, 1);
  }
  const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}
