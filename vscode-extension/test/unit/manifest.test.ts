// What package.json promises to VS Code: that its parts fit each other and are there.
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect, test } from "vitest";

interface Step {
  readonly description: string;
  readonly media: { readonly markdown?: string; readonly image?: string };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: Record<string, readonly { readonly command?: string }[]>;
    readonly keybindings: readonly { readonly command: string }[];
    readonly walkthroughs: readonly { readonly steps: readonly Step[] }[];
    readonly configuration: {
      readonly properties: Record<
        string,
        { description?: string; markdownDescription?: string; scope?: string }
      >;
    };
  };
}

const root = path.resolve(__dirname, "..", "..");
const { contributes } = JSON.parse(
  readFileSync(path.join(root, "package.json"), "utf8"),
) as Manifest;
const commands = contributes.commands.map(({ command }) => command);
const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
/** The commands that the server offers and the language client registers under their own names. */
const ofTheServer = ["dvt.run", "dvt.preview"];

test("menus and keys name commands that there are", () => {
  const named = [
    ...Object.values(contributes.menus).flatMap((items) => items.map(({ command }) => command)),
    ...contributes.keybindings.map(({ command }) => command),
  ].filter((command) => command !== undefined);
  expect(named.filter((command) => !commands.includes(command))).toEqual([]);
});

test("each step of the walkthrough has its picture or text, and buttons that lead somewhere", () => {
  const texts = steps.flatMap((step) => step.media.markdown ?? []);
  expect(texts.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  const pictures = steps.flatMap((step) => step.media.image ?? []); // packaged with the documentation's
  const packaging = readFileSync(path.join(root, "scripts", "package.mjs"), "utf8");
  expect(pictures.filter((file) => !packaging.includes(`"${path.basename(file)}"`))).toEqual([]);
  expect(texts.length + pictures.length).toBe(steps.length);
  const buttons = steps.flatMap((step) =>
    [...step.description.matchAll(/\(command:([\w.]+)\)/g)].map(([, command]) => command),
  );
  expect(buttons.filter((it) => it?.startsWith("dvt.") && !commands.includes(it))).toEqual([]);
  const ticks = steps.flatMap((step) => step.completionEvents);
  const known = [...commands, ...ofTheServer].map((command) => `onCommand:${command}`);
  expect(ticks.filter((it) => it.startsWith("onCommand:") && !known.includes(it))).toEqual([]);
});

test("each setting says what it is for, and whose it is", () => {
  const { properties } = contributes.configuration;
  for (const [name, setting] of Object.entries(properties)) {
    expect(setting.description ?? setting.markdownDescription, name).toMatch(/\w{3}.*\./s);
    expect(setting.scope, name).toMatch(/^(?:machine-overridable|resource|window)$/);
  }
});
