import * as path from "node:path";

/** Whether a Python file reads like a model; the server judges, this only decides what is offered. */
export function looksLikeModel(text: string): boolean {
  return /^[ \t]*(?:async[ \t]+)?def[ \t]+model[ \t]*\(/m.test(text);
}

/** The selector for the model of a file, with all that it reads when `upstream`. */
export function modelSelector(file: string, upstream: boolean): string {
  const name = path.basename(file).replace(/\.[^.]*$/, "");
  return upstream ? `+${name}` : name;
}
