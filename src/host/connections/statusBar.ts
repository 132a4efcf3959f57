import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection';
import type { ConnectionChoice } from '../../core/plan/plan';
import type { PromptPlans } from '../language/promptPlans';
import { withoutIcons } from '../notice/plainText';
import type { Connections } from './connections';
import { describeConnection } from './describeConnection';
import type { SignedInLine } from './signedInLine';

/** Whether a panel is the active tab, and when that changes. */
export interface PanelFocus {
	readonly isPanelActive: boolean;
	readonly onDidChangePanelFocus: vscode.Event<unknown>;
}

/** What today's runs have cost: a line for the tooltip, where there is a ceiling. */
export interface SpendingLine {
	readonly text: string | undefined;
	readonly onDidChange: vscode.Event<unknown>;
	refresh(): void;
}

/** What the status bar tells of. */
export interface StatusBarPorts {
	readonly plans: PromptPlans;
	readonly connections: Connections;
	readonly panel: PanelFocus;
	readonly spending: SpendingLine;
	readonly signedIn: Pick<SignedInLine, 'textFor' | 'onDidChange'>;
}

/** Shows which connection is in force where that matters: on a prompt file, and while the panel is active. */
export class ConnectionStatusBar implements vscode.Disposable {
	readonly #ports: StatusBarPorts;
	readonly #item = vscode.window.createStatusBarItem('imgprompt.connection', vscode.StatusBarAlignment.Right, 100);
	readonly #subscriptions: vscode.Disposable;

	constructor(ports: StatusBarPorts) {
		this.#ports = ports;
		const { plans, panel, spending, signedIn } = ports;
		this.#item.name = vscode.l10n.t('Image Prompt Connection');
		this.#item.command = 'imgprompt.selectConnection';
		const update = (): void => this.#update();
		const look = (): void => {
			this.#update();
			if (this.#isShown) {
				spending.refresh(); // Other windows spend as well.
			}
		};
		this.#subscriptions = vscode.Disposable.from(
			vscode.window.onDidChangeActiveTextEditor(look),
			vscode.workspace.onDidChangeTextDocument(({ document }) => document === promptInFocus() && this.#update()),
			plans.onDidChange(update),
			panel.onDidChangePanelFocus(look),
			spending.onDidChange(update),
			signedIn.onDidChange(update),
		);
		look();
	}

	dispose(): void {
		this.#subscriptions.dispose();
		this.#item.dispose();
	}

	get #isShown(): boolean {
		return promptInFocus() !== undefined || this.#ports.panel.isPanelActive;
	}

	#update(): void {
		if (!this.#isShown) {
			this.#item.hide();
			return;
		}
		const document = promptInFocus();
		const { plans, connections, spending, signedIn } = this.#ports;
		const choice = document ? plans.plan(document).choice : connections.choose();
		const { text, tooltip: connection } = labelOf(choice);
		const who = choice.kind === 'found' ? signedIn.textFor(choice.connection) : undefined;
		const tooltip = [connection, who, spending.text].filter(line => line !== undefined).join('\n');
		this.#item.text = text;
		this.#item.tooltip = tooltip;
		this.#item.accessibilityInformation = { label: vscode.l10n.t('Image Prompt connection: {0}', tooltip) };
		this.#item.show();
	}
}

function promptInFocus(): vscode.TextDocument | undefined {
	const document = vscode.window.activeTextEditor?.document;
	return document?.languageId === 'imgprompt' ? document : undefined;
}

function labelOf(choice: ConnectionChoice): { readonly text: string; readonly tooltip: string } {
	switch (choice.kind) {
		case 'found':
			return labelOfConnection(choice.connection);
		case 'unknown':
			return {
				text: `$(warning) ${withoutIcons(choice.name)}`,
				tooltip: vscode.l10n.t('There is no connection named “{0}”. Select another one.', choice.name),
			};
		case 'ambiguous':
			return {
				text: vscode.l10n.t('$(plug) Select a connection'),
				tooltip: vscode.l10n.t('Several connections, and none is selected'),
			};
	}
}

function labelOfConnection(connection: Connection): { readonly text: string; readonly tooltip: string } {
	const tooltip = `${connection.name} – ${describeConnection(connection)}`;
	return {
		text: connection.kind === 'sandbox' ? vscode.l10n.t('$(beaker) Sandbox') : `$(plug) ${withoutIcons(connection.name)}`,
		tooltip,
	};
}
