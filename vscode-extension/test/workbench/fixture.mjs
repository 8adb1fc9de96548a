// Test data of a model in a real workbench: saved once, edited, and computed on without a database.
import fs from "node:fs";
import path from "node:path";
import { expect } from "./suite.mjs";

export const fixtureModels = {
  "codes.py": `def model(dbt, session):
    codes = dbt.ref("country_codes")
    return codes.order("code")
`,
};

export async function fixtureTests({ editor, test, port, project }) {
  const { page } = editor;
  const frame = page
    .frameLocator("iframe.webview.ready:visible")
    .frameLocator("iframe#active-frame");
  const file = path.join(project, "fixtures", "codes", "country_codes.csv");
  const tab = page.locator(".tab", { hasText: "Preview: codes on fixtures" });

  await test("without a fixture the line that needs one is named, with the way to it", async () => {
    await editor.open(port, project, "models/own/codes.py");
    await editor.lens("Preview").waitFor();
    await editor.command("DVT: Run on Fixture");
    await tab.waitFor();
    const alert = frame.getByRole("alert");
    await alert.getByText("'codes' has no fixture of 'country_codes'").waitFor();
    await frame.getByRole("button", { name: "codes.py:2" }).waitFor();
    await tab.click();
    await editor.command("View: Close Editor");
  });

  await test("what the model reads is saved in the project", async () => {
    await editor.lens("Run with upstream").click();
    await editor.status().filter({ hasText: "2 models" }).waitFor();
    await editor.command("DVT: Save Upstream as Fixture");
    await editor.toast("Saved for codes: country_codes (4 rows).").waitFor();
    await editor.screenshot("fixture-1-saved");
    const [header, first] = fs.readFileSync(file, "utf8").split("\n");
    expect(`${header}|${first}`, '"code","country"|"de","Germany"', "the file");
  });

  await test("the model runs on it, as edited, with the database gone", async () => {
    fs.rmSync(path.join(project, "data"), { recursive: true });
    fs.rmSync(path.join(project, ".dvt", "cache"), { recursive: true });
    await editor.openFile("fixtures/codes/country_codes.csv");
    await page.keyboard.press("Control+End");
    await page.keyboard.type('"aa","Nowhere"\n');
    await editor.toast("Saved for codes").getByRole("button", { name: "Run on Fixture" }).click();
    await tab.waitFor();
    await frame.getByText("5 rows, computed").waitFor();
    await frame.getByRole("gridcell", { name: "Nowhere" }).waitFor();
    await frame.getByRole("heading", { name: "codes on fixtures" }).waitFor();
    await frame.getByText(/country_codes: \d+ s old/).waitFor();
    await frame.locator('.upstream[title*="from a fixture"]').waitFor();
    await editor.screenshot("fixture-2-run");
  });

  await test("what was edited is kept until it is replaced", async () => {
    await editor.openFile("models/own/codes.py");
    await editor.command("DVT: Save Upstream as Fixture");
    const kept = editor.toast("1 fixture of codes was there, and kept.");
    await kept.waitFor();
    expect(fs.readFileSync(file, "utf8"), /Nowhere/, "the file");
    await kept.getByRole("button", { name: "Replace" }).click();
    await editor.toast("'country_codes' does not exist on 'warehouse'").waitFor();
    expect(fs.readFileSync(file, "utf8"), /Nowhere/, "the file when it cannot be replaced");
  });
}
