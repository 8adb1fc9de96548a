import * as path from "node:path";
import { pathToFileURL } from "node:url";
import type { Cell, Failure, Kept, Range } from "./messages";

/** The server's command for a model's first rows. */
export const previewCommand = "dvt.preview";

/** What a panel shows: the model of a file, or what a selector names in the file's project. */
export interface Subject {
  readonly uri: string;
  readonly select?: string;
  /** Computed on the model's fixtures instead of what it reads. */
  readonly fixture?: true;
}

/** What the user wants to look at; nothing when only the answer is wanted. */
export function subjectToShow(command: string, args: readonly unknown[]): Subject | undefined {
  const wanted = args[0] as
    Partial<Record<"uri" | "select" | "show" | "fixture", unknown>> | undefined;
  if (command !== previewCommand || wanted?.show !== true || typeof wanted.uri !== "string") {
    return undefined;
  }
  const select: unknown = Array.isArray(wanted.select) ? wanted.select[0] : wanted.select;
  return subjectOf(
    wanted.uri,
    typeof select === "string" ? select : undefined,
    wanted.fixture === true,
  );
}

/** A model is known by its file, whoever names it besides. */
export function subjectOf(uri: string, select: string | undefined, fixture = false): Subject {
  const own = select === undefined || select === nameOf(uri);
  return { uri, ...(own ? {} : { select }), ...(fixture ? { fixture: true } : {}) };
}

/** A word for a panel before the server has said one. */
export function titleOf(subject: Subject): string {
  const name = subject.select?.replace(/^source:/, "") ?? nameOf(subject.uri);
  return subject.fixture === true ? `${name} on fixtures` : name;
}

function nameOf(uri: string): string {
  return decodeURIComponent(path.posix.basename(uri)).replace(/\.[^.]*$/, "");
}

/** The shape of the server's `modelFailed`, as far as it is shown. */
interface ModelFailed {
  readonly failure: {
    readonly code: string;
    readonly message: string;
    /** A path. */
    readonly file?: string;
    readonly line?: number;
    readonly column?: number;
    readonly traceback?: string;
  };
}

/** The answer of the command, where the rows are kept. */
export interface Answer {
  readonly previews: readonly Kept[];
  readonly failures: readonly ModelFailed[];
  readonly cancelled: boolean;
}

export function failureOf({ failure }: ModelFailed): Failure {
  const { code, message, file, line = 0, column = 0, traceback } = failure;
  const uri = file === undefined ? undefined : pathToFileURL(file).toString();
  return {
    message: `${code}: ${message}`,
    ...(traceback === undefined ? {} : { traceback }),
    ...(uri === undefined
      ? {}
      : {
          place: {
            uri,
            label: decodeURIComponent(path.posix.basename(uri)) + (line > 0 ? `:${line}` : ""),
            line,
            column,
          },
        }),
  };
}

/** More cells than this are no text for a clipboard: an export is. */
export const mostCellsCopied = 1_000_000;

export function cellsOf(range: Range): number {
  return (range.bottom - range.top + 1) * (range.right - range.left + 1);
}

/** Lines of values with tabs between them, as spreadsheets take them; NULL is empty. */
export function clipboardText(
  rows: readonly (readonly Cell[])[],
  headers: readonly string[] | undefined,
): string {
  const line = (values: readonly Cell[]): string => values.map(field).join("\t");
  // One cell alone is copied as it is.
  const [only] = rows;
  if (headers === undefined && rows.length === 1 && only?.length === 1) {
    return only[0] ?? "";
  }
  return [...(headers === undefined ? [] : [headers]), ...rows].map(line).join("\n");
}

function field(value: Cell): string {
  const text = value ?? "";
  return /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
