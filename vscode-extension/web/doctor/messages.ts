/** As the server's `dvt.doctor` answers it. */
export interface Report {
  readonly project: string;
  readonly root: string;
  readonly ok: boolean;
  readonly items: readonly ReportItem[];
}

export interface ReportItem {
  /** `python`, `tools`, `profile` or `connection`. */
  readonly area: string;
  readonly name: string;
  readonly status: "ok" | "warning" | "failed";
  readonly text: string;
  readonly fix?: ReportFix;
}

/** What mends something; the kinds are the server's. */
export interface ReportFix {
  readonly kind: string;
  readonly title: string;
  readonly argument?: string;
}

export interface ProjectChoice {
  readonly name: string;
  readonly root: string;
}

/** What else can be done where there is no report. */
export interface OtherAction {
  readonly command: "trust" | "restart" | "openFolder";
  readonly title: string;
}

/** From the extension to the page. */
export type ToPage =
  /** All that can be looked at, and which it is now. */
  | {
      readonly type: "projects";
      readonly projects: readonly ProjectChoice[];
      readonly root: string;
    }
  /** Something is under way. */
  | { readonly type: "busy"; readonly text: string }
  | { readonly type: "report"; readonly report: Report }
  /** There is no report, and why. */
  | { readonly type: "none"; readonly text: string; readonly action?: OtherAction };

/** From the page to the extension. */
export type FromPage =
  | { readonly type: "ready" }
  | { readonly type: "refresh" }
  | { readonly type: "copy" }
  | { readonly type: "project"; readonly root: string }
  | { readonly type: "fix"; readonly fix: ReportFix }
  | { readonly type: "other"; readonly command: OtherAction["command"] };
