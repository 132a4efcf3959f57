import * as vscode from 'vscode';
import { isEditable } from '../language/editable';

/**
 * Remembers the text editor that a person was in last: while a panel has the focus, VS Code knows of no active text
 * editor, and that is just when a picture is inserted.
 */
export class DocumentTracker implements vscode.Disposable {
	#last: vscode.TextDocument | undefined;
	readonly #subscription: vscode.Disposable;

	constructor() {
		this.#remember(vscode.window.activeTextEditor);
		this.#subscription = vscode.window.onDidChangeActiveTextEditor(editor => this.#remember(editor));
	}

	/** The document that a link can go into: still visible, and no prompt file. */
	get linkTarget(): vscode.TextDocument | undefined {
		const isVisible = vscode.window.visibleTextEditors.some(({ document }) => document === this.#last);
		return isVisible ? this.#last : undefined;
	}

	dispose(): void {
		this.#subscription.dispose();
	}

	#remember(editor: vscode.TextEditor | undefined): void {
		const document = editor?.document;
		if (document && document.languageId !== 'imgprompt' && isEditable(document.uri)) {
			this.#last = document;
		}
	}
}
