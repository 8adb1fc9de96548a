import { nameOf, type Asked } from "./events";
import { unfinishedOf, type RunView } from "./state";

/** The server's request for what to select so that files and folders run, by project. */
export const selectionRequest = "dvt/selection";

/** The server's request for the projects and their tags; without parameters. */
export const tagsRequest = "dvt/tags";

interface InProject {
  /** The project's name. */
  readonly project: string;
  readonly projectDir: string;
}

export interface Selection extends InProject {
  /** None: the whole project. */
  readonly select: readonly string[];
  /** Unique ids. */
  readonly models: readonly string[];
}

export interface Tagged extends InProject {
  readonly tags: readonly { readonly name: string; readonly models: number }[];
}

/** How a selection is run. */
export interface Manner {
  /** With all that it reads. */
  readonly upstream?: boolean;
  readonly fullRefresh?: boolean;
}

export function askFor({ projectDir, select }: Selection, manner: Manner): Asked {
  const { upstream = false, fullRefresh = false } = manner;
  const words = upstream ? select.map((word) => `+${word}`) : select;
  return { projectDir, select: words, exclude: [], fullRefresh };
}

export function askForTag({ projectDir }: Tagged, tag: string): Asked {
  return { projectDir, select: [`tag:${tag}`], exclude: [], fullRefresh: false };
}

export function askForAll({ projectDir }: InProject): Asked {
  return { projectDir, select: [], exclude: [], fullRefresh: false };
}

/** The same once more, of what did not succeed only; nothing when all did. */
export function askForFailed(run: RunView): Asked | undefined {
  const select = unfinishedOf(run).map(({ id }) => nameOf(id));
  return select.length === 0 ? undefined : { ...run.asked, select, exclude: [] };
}

export function askForModel(run: RunView, model: string): Asked {
  return { ...run.asked, select: [nameOf(model)], exclude: [] };
}
