import * as path from "node:path";
import { lacks, type Environment, type Interpreter } from "./environment";

/** `DuckDB, pandas and Sling`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

/** `Python 3.12 (.venv)`: which, and a word on why. */
export function interpreterLabel(interpreter: Interpreter): string {
  const python = interpreter.version === undefined ? "Python" : `Python ${interpreter.version}`;
  if (interpreter.reason === "there" && !interpreter.environment) {
    return python; // its path says all
  }
  return `${python} (${origin(interpreter)})`;
}

const origins: Readonly<Record<string, string>> = {
  path: "PATH",
  made: ".dvt/venv",
  pyenv: "pyenv",
  editor: "Python extension",
  chosen: "chosen",
};

function origin({ path: program, reason, environment }: Interpreter): string {
  const folder = path.dirname(program);
  const home = /^(?:bin|Scripts)$/.test(path.basename(folder)) ? path.dirname(folder) : folder;
  return (reason === "made" || !environment ? origins[reason] : undefined) ?? path.basename(home);
}

export interface PythonText {
  readonly text: string;
  /** Sentences. */
  readonly lines: readonly string[];
  readonly warns: boolean;
}

/** What the status bar says of a project's Python. `$(name)` are VS Code's icons. */
export function pythonText(environment: Environment): PythonText {
  const { interpreter, project } = environment;
  const lacking = lacks(environment);
  const label = interpreter === undefined ? "No Python" : interpreterLabel(interpreter);
  const count =
    interpreter !== undefined && lacking.length > 0 ? `: ${lacking.length} missing` : "";
  const wrong = environment.problem !== undefined && interpreter !== undefined;
  return {
    text: `${lacking.length > 0 ? "$(warning) " : ""}${label}${wrong ? ": not usable" : count}`,
    lines: [
      ...(interpreter === undefined
        ? []
        : [`Models of ${project} run in ${interpreter.path}: ${interpreter.why}.`]),
      ...lacking.map((one) => one.text),
    ],
    warns: lacking.length > 0,
  };
}

/** What is asked when a project is opened that cannot run; `undefined` when it can. */
export function offerText(environment: Environment): string | undefined {
  const { problem, missing, project } = environment;
  if (problem !== undefined) {
    return `Models of ${project} cannot run yet. ${problem.text}`;
  }
  const names = missing.map((one) => one.name);
  return names.length === 0
    ? undefined
    : `To run, the models of ${project} need ${listed(names)}, which ${names.length === 1 ? "is" : "are"} not there yet.`;
}
