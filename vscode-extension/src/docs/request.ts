import type { Project } from "../projects/targets";

/** What the server is asked for; `undefined` where no project is open. */
export function siteRequest(
  project: Pick<Project, "root"> | undefined,
): { command: string; args: unknown[] } | undefined {
  return project && { command: "dvt.docs", args: [{ projectDir: project.root, show: true }] };
}
