import { layered, type LayoutResult, type LayoutTask } from "./layered";

// The page's types are about windows; a worker answers through the same two names.
declare const self: {
  onmessage: (event: { readonly data: { readonly id: number; readonly task: LayoutTask } }) => void;
  postMessage: (message: LayoutAnswer) => void;
};

export interface LayoutAnswer {
  readonly id: number;
  readonly result: LayoutResult;
}

self.onmessage = ({ data }) => {
  self.postMessage({ id: data.id, result: layered(data.task) });
};
