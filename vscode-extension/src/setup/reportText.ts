import type { Report } from "../../web/doctor/messages";

const words = { ok: "ok", warning: "warning", failed: "FAILED" } as const;

/** A report as lines, to paste where one asks for help. */
export function reportText(report: Report, versions: readonly string[]): string {
  return [
    `DVT: what runs of ${report.project} find`,
    ...versions,
    "",
    ...report.items.map(
      (item) =>
        `${item.area.padEnd(10)} ${words[item.status].padEnd(7)} ${item.name}: ${item.text}`,
    ),
    "",
  ].join("\n");
}
