import * as vscode from 'vscode';
import type { Application } from './composition';

/**
 * Puts commands, panel and language in place without loading what they do: the rest of the extension is one lazy import,
 * made when the first of them is used or a prompt file is open.
 */
export function activate(context: vscode.ExtensionContext): void {
	let application: Promise<Application> | undefined;
	const load = (): Promise<Application> => (application ??= import('./composition').then(({ compose }) => compose(context)));

	for (const { command } of contributedCommands(context)) {
		context.subscriptions.push(
			vscode.commands.registerCommand(command, async (...args: unknown[]) => (await load()).execute(command, args)),
		);
	}
	context.subscriptions.push(
		vscode.window.registerWebviewPanelSerializer('imgprompt.panel', {
			deserializeWebviewPanel: async (panel, state) => (await load()).restorePanel(panel, state),
		}),
	);
	whenPromptOpens(context, () => void load());
}

/** From the manifest itself, so that the two can't drift apart. */
function contributedCommands(context: vscode.ExtensionContext): readonly { readonly command: string }[] {
	const manifest = context.extension.packageJSON as { contributes: { commands: { command: string }[] } };
	return manifest.contributes.commands;
}

/** Calls `found` once, after activation has returned, when there is a document for the language features. */
function whenPromptOpens(context: vscode.ExtensionContext, found: () => void): void {
	const isPrompt = (document: vscode.TextDocument): boolean => document.languageId === 'imgprompt';
	const timer = setTimeout(() => {
		if (vscode.workspace.textDocuments.some(isPrompt)) {
			found();
		}
	});
	const listener = vscode.workspace.onDidOpenTextDocument(document => {
		if (isPrompt(document)) {
			listener.dispose();
			found();
		}
	});
	context.subscriptions.push(listener, new vscode.Disposable(() => clearTimeout(timer)));
}
