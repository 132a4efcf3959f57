import * as vscode from 'vscode';
import type { UndecidedRuns } from './undecidedRuns';

/** Stands in the status bar as long as runs wait for a decision, and leads to their list. */
export class UndecidedStatusBar implements vscode.Disposable {
	readonly #undecided: UndecidedRuns;
	readonly #item = vscode.window.createStatusBarItem('imgprompt.undecided', vscode.StatusBarAlignment.Right, 101);
	readonly #subscription: vscode.Disposable;

	constructor(undecided: UndecidedRuns) {
		this.#undecided = undecided;
		this.#item.name = vscode.l10n.t('Image Prompt: Undecided Runs');
		this.#item.command = 'imgprompt.showHistory';
		this.#item.backgroundColor = new vscode.ThemeColor('statusBarItem.warningBackground');
		this.#subscription = undecided.onDidChange(() => this.#update());
		this.#update();
	}

	dispose(): void {
		this.#subscription.dispose();
		this.#item.dispose();
	}

	#update(): void {
		const count = this.#undecided.current.length;
		if (count === 0) {
			this.#item.hide();
			return;
		}
		this.#item.text = vscode.l10n.t('$(warning) Billed? {0}', count);
		this.#item.tooltip =
			count === 1
				? vscode.l10n.t('1 image run may have been billed and waits for your decision. Press to see it.')
				: vscode.l10n.t('{0} image runs may have been billed and wait for your decision. Press to see them.', count);
		this.#item.accessibilityInformation = { label: this.#item.tooltip };
		this.#item.show();
	}
}
