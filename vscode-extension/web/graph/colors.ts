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
  const entries = colorNames.map((name) => {
    probe.style.color = `var(--graph-${name})`;
    return [name, getComputedStyle(probe).color] as const;
  });
  probe.remove();
  const font = getComputedStyle(element).fontFamily;
  return { ...(Object.fromEntries(entries) as Record<ColorName, string>), font };
}
