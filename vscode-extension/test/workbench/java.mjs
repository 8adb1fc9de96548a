// What a user meets who has no Java: the package for the platform brings one, and starts quicker the next time.
import fs from "node:fs";
import path from "node:path";
import { placeAfter } from "./project.mjs";
import { serversIn, until } from "./processes.mjs";
import { expect } from "./suite.mjs";

/** A machine without a Java: nothing on the PATH, and no shell that would put something there. */
export const withoutJava = {
  environment: { PATH: "/nonexistent", JAVA_HOME: "", VSCODE_CLI: "1" },
};

export async function javaTests({ editor, test, port, project, data }) {
  const archives = path.join(data, "data", "User", "globalStorage", "dvtls.dvt-ls", "java");
  const servers = (...texts) => serversIn(data, ...texts);
  const archive = () =>
    fs.existsSync(archives) && fs.readdirSync(archives).find((name) => name.endsWith(".aot"));
  const newServer = async (before, ...texts) => {
    await until("another server", () => servers(...texts).some((id) => !before.includes(id)));
    await editor.status().locator(".codicon-database").waitFor();
  };

  await test("a machine without Java checks models with the extension's own", async () => {
    await editor.open(port, project, "models/own/vip_report.py");
    await editor.errorSquiggles().first().waitFor();
    const rows = await editor.problems();
    await rows.filter({ hasText: "DVT120" }).first().waitFor();
    const [server] = servers();
    const program = fs.readFileSync(`/proc/${server}/cmdline`, "utf8").split("\0")[0];
    expect(program, /extensions\/dvtls\.dvt-ls-[^/]*\/java\/bin\/java$/, "what runs the server");
    const environment = fs.readFileSync(`/proc/${server}/environ`, "utf8").split("\0");
    const folders = environment
      .find((each) => each.startsWith("PATH="))
      .slice(5)
      .split(":");
    const others = folders.filter((folder) => fs.existsSync(path.join(folder, "java")));
    expect(others.join(), "", "folders of the PATH with a Java");
    expect(folders.includes("/nonexistent"), true, "the PATH is the test's");
    await editor.screenshot("8-own-java");
  });

  await test("classes are archived in the background, and the next start uses that", async () => {
    await until("a class archive", archive, 180_000);
    const before = servers();
    await editor.command("DVT: Restart Language Server");
    await newServer(before, "-XX:AOTCache=", archive());
    const [line] = placeAfter("vip_report.py", "dbt.config(");
    await editor.openFile("models/own/vip_report.py");
    await editor.goTo(line + 1, 1);
    await editor.page.keyboard.type('    more = dbt.ref("nowhere_at_all")');
    await (await editor.problems()).filter({ hasText: "nowhere_at_all" }).first().waitFor();
    expect(Boolean(archive()), true, "the archive is there after a restart that was asked for");
  });

  await test("a spoiled archive does not hinder the start", async () => {
    const file = path.join(archives, archive());
    const text = fs.readFileSync(file);
    text.fill(0, text.length / 4, (text.length / 4) * 3);
    // Another file in its place: the running server has the old one mapped.
    fs.writeFileSync(`${file}.spoiled`, text);
    fs.renameSync(`${file}.spoiled`, file);
    const before = servers();
    await editor.command("DVT: Restart Language Server");
    await newServer(before, "-XX:AOTCache=");
    const running = servers();
    await editor.openFile("models/own/vip_report.py");
    const [line] = placeAfter("vip_report.py", "dbt.config(");
    await editor.goTo(line + 1, 1);
    await editor.page.keyboard.type('    again = dbt.ref("nowhere_again")\n');
    await (await editor.problems()).filter({ hasText: "nowhere_again" }).first().waitFor();
    expect(String(servers()), String(running), "servers, none of which had to be started again");
  });
}
