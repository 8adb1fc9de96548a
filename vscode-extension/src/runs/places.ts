import * as vscode from "vscode";
import type { Place } from "./rows";

/** Opens a file at a place, as far as the place is known. */
export async function goTo(place: Place, preserveFocus = false): Promise<void> {
  try {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(place.uri));
    const selection = place.line === undefined ? {} : { selection: rangeAt(document, place) };
    await vscode.window.showTextDocument(document, { preserveFocus, ...selection });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void vscode.window.showWarningMessage(`The file cannot be opened: ${why}`);
  }
}

function rangeAt(document: vscode.TextDocument, { line = 1, column = 0 }: Place): vscode.Range {
  // The text may have become shorter since.
  const { text, lineNumber, firstNonWhitespaceCharacterIndex } = document.lineAt(
    Math.min(line, document.lineCount) - 1,
  );
  const character = column > 0 ? utf16Offset(text, column - 1) : firstNonWhitespaceCharacterIndex;
  return new vscode.Range(lineNumber, character, lineNumber, character);
}

/** What so many code points take up in an editor's text. */
function utf16Offset(text: string, codePoints: number): number {
  return Array.from(text).slice(0, codePoints).join("").length;
}
