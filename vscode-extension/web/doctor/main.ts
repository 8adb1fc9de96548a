import { editor, onMessage } from "../editor";
import type { FromPage, ProjectChoice, Report, ReportItem, ToPage } from "./messages";
import "./style.css";

type Children = readonly (Node | string)[];

const areas: Readonly<Record<string, string>> = {
  python: "Python",
  tools: "Tools",
  profile: "Profile",
  connection: "Connections",
};
const marks = { ok: "\u2713", warning: "!", failed: "\u2717" } as const;
const words = { ok: "Fine", warning: "Could be better", failed: "Missing or wrong" } as const;

const page = document.getElementById("page") ?? document.body;
const heading = element("h1", {}, "Doctor");
const picker = element("div", { class: "picker" });
const refresh = button("Look Again", { type: "refresh" }, "secondary");
const copy = button("Copy Report", { type: "copy" }, "secondary");
const said = element("p", { class: "said", role: "status" });
const result = element("div", { class: "result" });
copy.hidden = true;
page.append(
  element(
    "header",
    {},
    heading,
    element(
      "div",
      { class: "bar", role: "toolbar", "aria-label": "Report" },
      picker,
      refresh,
      copy,
    ),
  ),
  said,
  result,
);
onMessage((message) => {
  receive(message as ToPage);
});
post({ type: "ready" });

function receive(message: ToPage): void {
  switch (message.type) {
    case "projects":
      showProjects(message.projects, message.root);
      break;
    case "busy":
      said.textContent = message.text;
      setBusy(true);
      break;
    case "report":
      setBusy(false);
      showReport(message.report);
      break;
    case "none": {
      setBusy(false);
      copy.hidden = true;
      said.textContent = message.text;
      const { action } = message;
      result.replaceChildren(
        ...(action === undefined
          ? []
          : [button(action.title, { type: "other", command: action.command })]),
      );
      break;
    }
  }
}

/** The old report stays to be read while another is made; its buttons wait. */
function setBusy(busy: boolean): void {
  page.classList.toggle("busy", busy);
  result.setAttribute("aria-busy", String(busy));
  for (const each of page.querySelectorAll("button")) {
    each.setAttribute("aria-disabled", String(busy));
  }
}

function showProjects(projects: readonly ProjectChoice[], root: string): void {
  const current = projects.find((project) => project.root === root);
  heading.textContent = current === undefined ? "Doctor" : `Doctor: ${current.name}`;
  if (projects.length < 2) {
    picker.replaceChildren();
    return;
  }
  const select = element("select", { "aria-label": "Project" });
  for (const project of projects) {
    const option = element("option", { value: project.root }, project.name);
    option.selected = project.root === root;
    select.append(option);
  }
  select.addEventListener("change", () => {
    result.replaceChildren();
    post({ type: "project", root: select.value });
  });
  picker.replaceChildren(select);
}

function showReport(report: Report): void {
  heading.textContent = `Doctor: ${report.project}`;
  copy.hidden = false;
  said.textContent = summary(report);
  const known = [...new Set([...Object.keys(areas), ...report.items.map((item) => item.area)])];
  const sections = known.flatMap((area) => {
    const items = report.items.filter((item) => item.area === area);
    return items.length === 0 ? [] : [section(areas[area] ?? area, items)];
  });
  // Who came here by a button finds the keyboard where it was.
  const focused = document.activeElement?.getAttribute("data-fix");
  result.replaceChildren(...sections);
  if (typeof focused === "string") {
    const same = [...result.querySelectorAll<HTMLElement>("button")];
    (same.find((each) => each.getAttribute("data-fix") === focused) ?? refresh).focus();
  }
}

function summary(report: Report): string {
  const count = (status: ReportItem["status"]): number =>
    report.items.filter((item) => item.status === status).length;
  const failed = count("failed");
  const warned = count("warning");
  if (failed === 0) {
    return warned === 0
      ? "All that runs need is there."
      : `All that runs need is there; ${warned} ${warned === 1 ? "thing" : "things"} could be better.`;
  }
  return `${failed} ${failed === 1 ? "thing is" : "things are"} missing or wrong.`;
}

function section(title: string, items: readonly ReportItem[]): HTMLElement {
  const id = `area-${title.toLowerCase()}`;
  return element(
    "section",
    { "aria-labelledby": id },
    element("h2", { id }, title),
    element("ul", {}, ...items.map(row)),
  );
}

function row(item: ReportItem): HTMLElement {
  const { fix, status } = item;
  const actions: HTMLElement[] = [];
  if (fix !== undefined) {
    const act = button(fix.title, { type: "fix", fix }, status === "failed" ? "" : "secondary");
    act.setAttribute("data-fix", `${item.area} ${item.name}`);
    act.setAttribute("aria-label", `${fix.title}: ${item.name}`);
    actions.push(act);
  }
  return element(
    "li",
    { class: status },
    element("span", { class: "mark", title: words[status], "aria-hidden": "true" }, marks[status]),
    element(
      "div",
      { class: "what" },
      element("span", { class: "unseen" }, `${words[status]}: `),
      element("strong", {}, item.name),
      element("p", {}, ...withCode(item.text)),
    ),
    ...actions,
  );
}

/** What stands in backticks is code. */
function withCode(text: string): Children {
  return text
    .split("`")
    .map((part, at) => (at % 2 === 1 ? element("code", {}, part) : part))
    .filter((part) => part !== "");
}

function button(title: string, message: FromPage, kind = ""): HTMLButtonElement {
  const made = element("button", { type: "button", class: kind }, title);
  made.addEventListener("click", () => {
    if (made.getAttribute("aria-disabled") !== "true") {
      post(message);
    }
  });
  return made;
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
  ...children: Children
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function post(message: FromPage): void {
  editor.postMessage(message);
}
