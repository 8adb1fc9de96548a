import { modelSelector } from "./models";

/** The type of our debug sessions, in launch.json too. */
export const debugType = "dvt";

/** What may happen to the rows that a model returns under the debugger. */
const modes = ["preview", "run", "runWithUpstream"] as const;
export type Mode = (typeof modes)[number];

/** A launch configuration, as launch.json or we ourselves have it. */
export interface ModelLaunch {
  readonly type: string;
  readonly request: string;
  readonly name: string;
  /** The model's file. */
  readonly model?: string;
  readonly mode?: Mode;
  readonly fullRefresh?: boolean;
  readonly target?: string;
  readonly justMyCode?: boolean;
}

/** The configuration to debug the model of a file. */
export function launchOf(file: string): ModelLaunch {
  const name = `Debug ${modelSelector(file, false)}`;
  return { type: debugType, request: "launch", name, model: file, mode: "preview" };
}

/** What launch.json gets: the model that is open. */
export const launchOfOpenFile: ModelLaunch = {
  type: debugType,
  request: "launch",
  name: "Debug the open model",
  model: "${file}",
  mode: "preview",
};

/**
 * What debugpy's adapter is told: to wait for the model's process, which the server starts. The
 * request is `attach` for that reason, whatever the user's configuration calls it.
 */
export function attachTo(launch: ModelLaunch): ModelLaunch & Readonly<Record<string, unknown>> {
  return {
    ...launch,
    request: "attach",
    listen: { host: "127.0.0.1", port: 0 },
    justMyCode: launch.justMyCode ?? true,
    redirectOutput: true,
    subProcess: false,
  };
}

export interface ServerCommand {
  readonly command: "dvt.preview" | "dvt.run";
  readonly argument: Readonly<Record<string, unknown>>;
}

/** What the server is asked once the adapter waits on a port. */
export function debugCommand(launch: ModelLaunch, uri: string, port: number): ServerCommand {
  const file = launch.model ?? "";
  return {
    command: launch.mode === "run" || launch.mode === "runWithUpstream" ? "dvt.run" : "dvt.preview",
    argument: {
      uri,
      select: [modelSelector(file, launch.mode === "runWithUpstream")],
      debug: { connect: port },
      ...(launch.fullRefresh === true ? { fullRefresh: true } : {}),
      ...(launch.target === undefined ? {} : { target: launch.target }),
    },
  };
}

/** What is wrong with a configuration, as a sentence for the user. */
export function launchProblem({ model, mode, name }: ModelLaunch): string | undefined {
  if (!model?.endsWith(".py")) {
    return 'Open the Python model that you want to debug, or name its file in the launch configuration: "model": "${workspaceFolder}/models/orders.py".';
  }
  return mode === undefined || modes.includes(mode)
    ? undefined
    : `"mode" of the launch configuration "${name}" is "${mode as string}". Write one of these: ${modes.join(", ")}.`;
}
