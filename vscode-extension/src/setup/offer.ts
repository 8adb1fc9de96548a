import * as vscode from "vscode";
import { fixesOf, fixesTitle, type Environment } from "./environment";
import { offerText } from "./texts";

export interface OfferParts {
  /** Of the workspace: what is declined stays so. */
  readonly memory: vscode.Memento;
  readonly mend: (environment: Environment) => Promise<void>;
  readonly showDoctor: (root: string) => Promise<void>;
}

const keyOf = (root: string): string => `setup.answered:${root}`;

/** Offers to make what is missing, once a project: who answers, whatever it is, is not asked again. */
export class Offer {
  private readonly open = new Set<string>();

  constructor(private readonly parts: OfferParts) {}

  async consider(environment: Environment): Promise<void> {
    const { root } = environment;
    const text = offerText(environment);
    const answered = this.parts.memory.get<boolean>(keyOf(root)) === true;
    if (text === undefined || answered || this.open.has(root)) {
      return;
    }
    this.open.add(root);
    const mend = fixesTitle(fixesOf(environment));
    const doctor = "Show All";
    const never = "Don't Ask Again";
    const answer = await vscode.window.showInformationMessage(text, mend, doctor, never);
    this.open.delete(root);
    await this.parts.memory.update(keyOf(root), true);
    if (answer === mend) {
      await this.parts.mend(environment);
    } else if (answer === doctor) {
      await this.parts.showDoctor(root);
    }
  }

  /** Another interpreter is chosen: what it lacks is news. */
  async again(root: string): Promise<void> {
    await this.parts.memory.update(keyOf(root), undefined);
  }
}
