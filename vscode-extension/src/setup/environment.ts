/** The server's request for what runs of each project would find; without parameters. */
export const environmentRequest = "dvt/environment";

/** What mends something; `argument` is a package or a file. */
export interface Fix {
  readonly kind:
    "createEnvironment" | "installPackage" | "installPython" | "chooseInterpreter" | "openFile";
  readonly title: string;
  readonly argument?: string;
}

export interface Interpreter {
  readonly path: string;
  /** Absent where only the interpreter could say. */
  readonly version?: string;
  /** `project`, `made`, `path`, ... */
  readonly reason: string;
  /** Half a sentence. */
  readonly why: string;
  /** Of venv or conda, not the machine's own. */
  readonly environment: boolean;
}

export interface Missing {
  readonly name: string;
  readonly text: string;
  readonly fix: Fix;
}

/** What runs of a project would find on this machine, told by files alone. */
export interface Environment {
  /** Its name. */
  readonly project: string;
  /** Its folder. */
  readonly root: string;
  readonly interpreter?: Interpreter;
  readonly problem?: Missing;
  readonly missing: readonly Missing[];
  /** All interpreters that were found, the one that is taken in front. */
  readonly choices: readonly Interpreter[];
}

/** All that runs lack; a Python that cannot be used comes first. */
export function lacks(environment: Environment): readonly Missing[] {
  const { problem, missing } = environment;
  return problem === undefined ? missing : [problem, ...missing];
}

/** What to do so that nothing is missing, each thing once. Another Python may well have the rest. */
export function fixesOf(environment: Environment): readonly Fix[] {
  const fixes =
    environment.problem === undefined
      ? environment.missing.map((missing) => missing.fix)
      : [environment.problem.fix];
  const same = (one: Fix, other: Fix): boolean =>
    one.kind === other.kind && one.argument === other.argument;
  return fixes.filter((fix, at) => fixes.findIndex((first) => same(first, fix)) === at);
}

/** What a button says that does all of it. */
export function fixesTitle(fixes: readonly Fix[]): string {
  return fixes.length === 1 && fixes[0] !== undefined ? fixes[0].title : "Install What Is Missing";
}
