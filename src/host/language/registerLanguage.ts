import * as vscode from 'vscode';
import type { Connections } from '../connections/connections';
import type { UserSettings } from '../connections/settings';
import { PromptCodeLens, type DocumentRuns } from './codeLens';
import { completionTriggers, PromptCompletion } from './completion';
import { PromptDiagnostics } from './diagnostics';
import { PromptHover } from './hover';
import { PromptFolding, PromptSymbols } from './outline';
import type { PromptPlans } from './promptPlans';
import { PromptQuickFixes } from './quickFixes';

/** What the language features look at. */
export interface LanguageServices {
	readonly plans: PromptPlans;
	readonly settings: UserSettings;
	readonly connections: Connections;
	readonly runs: DocumentRuns;
}

/** Everything that an editor with an `.imgprompt` document offers. None of it sends anything. */
export function registerLanguage({ plans, settings, connections, runs }: LanguageServices): vscode.Disposable {
	const selector: vscode.DocumentSelector = { language: 'imgprompt' };
	const lenses = new PromptCodeLens(plans, settings, runs);
	return vscode.Disposable.from(
		new PromptDiagnostics(plans),
		lenses,
		vscode.languages.registerCodeLensProvider(selector, lenses),
		vscode.languages.registerCodeActionsProvider(selector, new PromptQuickFixes(plans), {
			providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
		}),
		vscode.languages.registerCompletionItemProvider(selector, new PromptCompletion(plans, connections), ...completionTriggers),
		vscode.languages.registerHoverProvider(selector, new PromptHover(plans)),
		vscode.languages.registerDocumentSymbolProvider(selector, new PromptSymbols(plans), { label: 'Image Prompt' }),
		vscode.languages.registerFoldingRangeProvider(selector, new PromptFolding(plans)),
	);
}
