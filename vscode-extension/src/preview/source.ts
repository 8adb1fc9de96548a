import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import {
  ExecuteCommandRequest,
  LSPErrorCodes,
  ResponseError,
  WorkDoneProgress,
  type LanguageClient,
} from "vscode-languageclient/node";
import { previewCommand, type Answer, type Subject } from "./ask";
import type { Cell, Format, Profile, View } from "./messages";

const longestShown = 500;
const rowsAtOnce = 5_000;

class NoServer extends Error {
  constructor() {
    super("The DVT language server is not running. DVT: Restart Language Server starts it.");
  }
}

/** The server's side of previews. */
export class PreviewSource {
  constructor(private readonly client: () => LanguageClient | undefined) {}

  /** Computes a frame, and has it kept. `undefined` when it was cancelled. */
  async compute(
    subject: Subject,
    refresh: boolean,
    told: (message: string) => void,
    token: vscode.CancellationToken,
  ): Promise<Answer | undefined> {
    const client = this.running();
    const { uri } = subject;
    const limit = vscode.workspace
      .getConfiguration("dvt", vscode.Uri.parse(uri))
      .get<number>("preview.limit", 0);
    const workDoneToken = `${previewCommand}-${randomUUID()}`;
    const progress = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
      if (value.kind !== "end" && value.message !== undefined) {
        told(value.message);
      }
    });
    const { select, ...rest } = subject;
    const wanted = { ...rest, limit, refresh, keep: true };
    const params = {
      command: previewCommand,
      arguments: [select === undefined ? wanted : { ...wanted, select: [select] }],
      workDoneToken,
    };
    try {
      const answer = (await client.sendRequest(
        ExecuteCommandRequest.type,
        params,
        token,
      )) as Answer;
      return answer.cancelled ? undefined : answer;
    } catch (error) {
      if (token.isCancellationRequested || isCancelled(error)) {
        return undefined;
      }
      throw error;
    } finally {
      progress.dispose();
    }
  }

  /** Lets the server remove the rows. */
  async close(subject: Subject, preview: string): Promise<void> {
    try {
      await this.running().sendRequest("dvt/previewClose", { uri: subject.uri, preview });
    } catch {
      // A server that has ended removes them by itself.
    }
  }

  rows(
    subject: Subject,
    preview: string,
    view: View,
    offset: number,
    limit: number,
  ): Promise<{ rows: Cell[][]; total: number }> {
    const params = { uri: subject.uri, preview, ...view, offset, limit, longest: longestShown };
    return this.running().sendRequest("dvt/previewRows", params);
  }

  /** Values as they are, however long. */
  async whole(
    subject: Subject,
    preview: string,
    view: View,
    columns: readonly string[],
    top: number,
    bottom: number,
  ): Promise<Cell[][]> {
    const all: Cell[][] = [];
    for (let offset = top; offset <= bottom; offset += rowsAtOnce) {
      const limit = Math.min(rowsAtOnce, bottom + 1 - offset);
      const params = { uri: subject.uri, preview, ...view, columns, offset, limit };
      const client = this.running();
      const page = await client.sendRequest<{ rows: Cell[][] }>("dvt/previewRows", params);
      all.push(...page.rows);
    }
    return all;
  }

  async profile(subject: Subject, preview: string, view: View): Promise<readonly Profile[]> {
    const params = { uri: subject.uri, preview, ...view };
    const client = this.running();
    const answer = await client.sendRequest<{ columns: Profile[] }>("dvt/previewProfile", params);
    return answer.columns;
  }

  /** How many rows were written; `undefined` when it was cancelled. */
  async export(
    subject: Subject,
    preview: string,
    view: View,
    format: Format,
    file: vscode.Uri,
    token: vscode.CancellationToken,
  ): Promise<number | undefined> {
    const params = { uri: subject.uri, preview, ...view, format, file: file.toString() };
    try {
      const client = this.running();
      const answer = await client.sendRequest<{ rows: number }>("dvt/previewExport", params, token);
      return answer.rows;
    } catch (error) {
      if (token.isCancellationRequested || isCancelled(error)) {
        return undefined;
      }
      throw error;
    }
  }

  private running(): LanguageClient {
    const client = this.client();
    if (client === undefined) {
      throw new NoServer();
    }
    return client;
  }
}

function isCancelled(error: unknown): boolean {
  return error instanceof ResponseError && error.code === LSPErrorCodes.RequestCancelled;
}
