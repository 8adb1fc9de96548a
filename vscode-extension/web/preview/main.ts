// The preview of a model: the frame that it returns, as the server keeps it.
import {
  noAsk,
  type Filter,
  type FromPage,
  type Kept,
  type PageState,
  type ToPage,
  type View,
} from "../../src/preview/messages";
import { editor, onMessage } from "../editor";
import { Bar } from "./bar";
import { FilterDialog } from "./filter";
import { Grid } from "./grid";
import { Pages } from "./pages";
import { ProfilePanel } from "./profile";
import { everything, filtered, fitting, sorted } from "./view";
import { element } from "./elements";
import "./style.css";

const tickMillis = 5_000;

const page = document.getElementById("page") ?? document.body;
let about = editor.getState() as PageState | undefined;
let kept: Kept | undefined;
let view: View = about?.view ?? everything;
let next: { id: number; pages: Pages; same: boolean } | undefined;
let pages: Pages | undefined;
let profileAsk = 0;
let lastId = 0;

const nextId = (): number => ++lastId;
const post = (message: FromPage): void => {
  editor.postMessage(message);
};

const bar = new Bar({
  compute: (refresh) => {
    post({ type: "compute", refresh });
  },
  cancel: () => {
    post({ type: "cancel" });
  },
  copy,
  export: (format) => {
    if (kept !== undefined) {
      post({ type: "export", preview: kept.preview, view, format });
    }
  },
  profile: (shown) => {
    profile.panel.hidden = !shown;
    askProfile();
  },
  sort: () => {
    if (grid.activeColumn !== undefined) {
      look(sorted(view, grid.activeColumn, false));
    }
  },
  filter: () => {
    if (grid.activeColumn !== undefined) {
      openFilter(grid.activeColumn);
    }
  },
  unfilter: (column) => {
    look(filtered(view, column, undefined));
  },
  unsort: () => {
    look({ ...view, orderBy: [] });
  },
  open: (place) => {
    post({ type: "open", place });
  },
});
const host = element("div", { className: "grid" });
const profile = new ProfilePanel((column) => void grid.reveal(column));
page.append(bar.bar, element("div", { className: "body" }, host, profile.panel));
const grid = new Grid(host, {
  sort: (column, add) => {
    look(sorted(view, column, add));
  },
  filter: openFilter,
  copy,
});
const filters = new FilterDialog(
  page,
  (column, filter) => {
    look(filtered(view, column, filter));
  },
  () => {
    grid.focus();
  },
);

function openFilter(column: string): void {
  filters.open(
    column,
    view.filter.find((one: Filter) => one.column === column),
  );
}

function copy(headers: boolean): void {
  if (kept !== undefined) {
    const range = grid.range;
    const columns = kept.columns.slice(range.left, range.right + 1).map((one) => one.name);
    post({ type: "copy", preview: kept.preview, view, range, columns, headers });
  }
}

/** Looks at other rows of the frame, or at another frame; the ones before stay until they come. */
function look(wanted: View, same = true): void {
  if (kept === undefined) {
    return;
  }
  const { preview } = kept;
  view = wanted;
  remember();
  host.classList.add("stale");
  const asked = new Pages(kept.columns.length, nextId, (ask) => {
    if (next?.pages === asked) {
      next = { ...next, id: ask.id };
    }
    post({ type: "rows", preview, view: wanted, ...ask });
  });
  next = { id: 0, pages: asked, same };
  asked.want(0, 1);
}

async function take(message: Extract<ToPage, { type: "rows" }>): Promise<void> {
  if (kept === undefined) {
    return;
  }
  if (next?.id === message.id) {
    const { same } = next;
    pages = next.pages;
    next = undefined;
    pages.take(message.id, message.rows);
    host.classList.remove("stale");
    bar.view(view);
    bar.show(kept, message.total);
    await grid.show({ kept, view, pages, total: message.total }, same);
    askProfile();
  } else if (pages?.take(message.id, message.rows) === true) {
    await grid.redraw();
  }
}

function askProfile(): void {
  if (kept !== undefined && profile.shown) {
    profileAsk = nextId();
    profile.waiting();
    post({ type: "profile", id: profileAsk, preview: kept.preview, view });
  }
}

function refused(id: number, message: string): void {
  if (id === profileAsk) {
    profile.failed(message);
  } else if (next?.id === id) {
    next = undefined;
    host.classList.remove("stale");
    bar.fail([{ message }]);
  } else if (id === noAsk || pages?.refused(id) === true) {
    bar.fail([{ message }]);
  }
}

function remember(): void {
  if (about !== undefined) {
    about = { ...about, view };
    editor.setState(about);
  }
}

function computed(now: Kept): void {
  const same = JSON.stringify(kept?.columns) === JSON.stringify(now.columns) && pages !== undefined;
  kept = now;
  bar.entitle(about?.fixture === true ? about.name : now.name);
  bar.idle();
  bar.fail([]);
  look(fitting(view, now.columns), same);
}

onMessage((data) => {
  const message = data as ToPage;
  switch (message.type) {
    case "about":
      about = { ...message, view };
      bar.entitle(message.name);
      remember();
      break;
    case "computing":
      bar.computing(message.message);
      break;
    case "computed":
      computed(message.kept);
      break;
    case "stopped":
      bar.idle();
      break;
    case "failed":
      bar.idle();
      bar.fail(message.failures);
      host.classList.add("stale");
      bar.say(kept === undefined ? "" : "These are the rows of before.");
      break;
    case "rows":
      void take(message);
      break;
    case "profile":
      if (message.id === profileAsk) {
        profile.show(message.columns);
      }
      break;
    case "refused":
      refused(message.id, message.message);
      break;
    case "told":
      bar.say(message.text);
      break;
  }
});
setInterval(() => {
  bar.tick();
}, tickMillis);
bar.view(view);
post({ type: "ready" });
