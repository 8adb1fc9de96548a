import * as path from "node:path";

/** The server's request for the projects it has read; without parameters. */
export const projectsRequest = "dvt/projects";

export interface Target {
  readonly name: string;
  /** `duckdb`, `postgres`, ... */
  readonly type: string;
}

/** A project and where its models can be loaded. */
export interface Project {
  readonly name: string;
  /** Its folder. */
  readonly root: string;
  /** The profile's own target; absent when no profile is found. */
  readonly target?: string;
  readonly targets: readonly Target[];
}

/** The project that a file is in, the innermost; the first one when the file is in none. */
export function projectOf<P extends Pick<Project, "root">>(
  projects: readonly P[],
  file: string | undefined,
): P | undefined {
  const around = projects
    .filter((project) => file !== undefined && contains(project.root, file))
    .sort((one, other) => other.root.length - one.root.length);
  return around[0] ?? projects[0];
}

/** Where a run would load: what the setting says, else the profile's own target. */
export function effectiveTarget(
  setting: string | undefined,
  project: Project | undefined,
): string | undefined {
  return setting ?? project?.target;
}

function contains(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
}
