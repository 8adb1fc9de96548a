import * as vscode from "vscode";
import type { ServerCommands } from "../commands";
import type { Project } from "../projects/targets";
import { siteRequest } from "./request";

/** Has the server write the project's documentation site and open it in the browser. */
export async function openSite(
  project: Project | undefined,
  commands: ServerCommands,
): Promise<void> {
  const request = siteRequest(project);
  if (request === undefined) {
    void vscode.window.showInformationMessage(
      "No DVT project is open, so there is no documentation to write. Open a folder with a dbt_project.yml.",
    );
    return;
  }
  await commands.execute(request.command, request.args);
}
