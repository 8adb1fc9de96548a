// Small parts of the page.

type Child = Node | string;

export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

export function button(text: string, title: string, act: () => void): HTMLButtonElement {
  const made = element("button", { type: "button", title }, text);
  made.addEventListener("click", act);
  return made;
}

/** A list that does something when an entry is chosen, and shows its title again. */
export function chooser(
  title: string,
  entries: readonly (readonly [value: string, text: string])[],
  choose: (value: string) => void,
): HTMLSelectElement {
  const options = entries.map(([value, text]) => element("option", { value }, text));
  const made = element("select", { ariaLabel: title }, element("option", { value: "" }, title));
  made.append(...options);
  made.addEventListener("change", () => {
    const { value } = made;
    made.value = "";
    if (value !== "") {
      choose(value);
    }
  });
  return made;
}
