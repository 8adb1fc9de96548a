// What the README's pictures show, one function each; they share a window, in this order.

export const scenes = [hover, completion, rename];

async function hover(editor) {
  await editor.page.setViewportSize({ width: 1000, height: 520 });
  await editor.command("View: Toggle Primary Side Bar Visibility");
  await editor.goTo(7, 25); // in dbt.ref("stg_orders")
  await editor.page.keyboard.press("Control+K");
  await editor.page.keyboard.press("Control+I");
  const shown = editor.page.locator(".monaco-hover:visible", { hasText: "INTEGER" });
  await shown.waitFor();
  await editor.inlayHint("5 rows").waitFor();
  await editor.picture("hover", editor.page.locator(".part.editor"));
  await editor.page.keyboard.press("Escape");
}

async function completion(editor) {
  await editor.page.setViewportSize({ width: 1000, height: 460 });
  await editor.goTo(11, 9); // "select o.month, ..."
  await editor.page.keyboard.press("End");
  await editor.page.keyboard.type(", c.");
  const rows = editor.page.locator(".suggest-widget.visible .monaco-list-row");
  await rows.filter({ hasText: "signed_up" }).waitFor();
  await editor.errorSquiggles().first().waitFor(); // the statement is not whole yet
  await editor.picture("completion", editor.page.locator(".part.editor"));
  await editor.rest();
  await editor.command("File: Revert File");
}

async function rename(editor) {
  const { page } = editor;
  await page.keyboard.press("Control+Shift+E");
  await editor.openFile("models/marts/customer_segments.py");
  await editor.command("View: Toggle Primary Side Bar Visibility");
  await editor.goTo(9, 30); // in dbt.ref("stg_customers")
  await page.keyboard.press("F2");
  const input = page.locator(".rename-box input");
  await input.waitFor();
  await input.fill("customers");
  await page.keyboard.press("Control+Enter"); // shows the changes first
  const rows = page.locator(".bulk-edit-panel .monaco-list-row");
  await rows.first().waitFor();
  await page.setViewportSize({ width: 1000, height: 410 });
  await editor.command("View: Toggle Maximized Panel");
  for (const file of ["customer_segments.py", "int_customer_orders.sql", "models.yml"]) {
    await rows.filter({ hasText: file }).waitFor();
  }
  await editor.picture("rename", page.locator(".part.panel"));
}
