// What a page in a webview has of VS Code: messages, and a state that outlives being hidden.

interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): EditorApi;

/** May be acquired once a page. */
export const editor: EditorApi = acquireVsCodeApi();

/** Calls back for each message of the extension. */
export function onMessage(take: (message: unknown) => void): void {
  window.addEventListener("message", (event: MessageEvent<unknown>) => {
    take(event.data);
  });
}
