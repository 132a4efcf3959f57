import * as vscode from 'vscode';
import type { Plan } from '../../core/plan/plan';
import type { UserSettings } from '../connections/settings';
import { priceLabel } from './priceLabel';
import { problemsOf, type PlannedPrompt, type PromptPlans } from './promptPlans';
import { toEditorRange } from './ranges';

/** Which documents have a run under way. */
export interface DocumentRuns {
	/** A run began or ended. */
	readonly onDidChange: vscode.Event<void>;
	/** Id of the run of this document that is under way. */
	runningRunOf(uri: vscode.Uri): string | undefined;
}

/** Shows price and actions above the first line of prompt files. Looking at them sends nothing. */
export class PromptCodeLens implements vscode.CodeLensProvider, vscode.Disposable {
	readonly #plans: PromptPlans;
	readonly #settings: UserSettings;
	readonly #runs: DocumentRuns;
	readonly #changed = new vscode.EventEmitter<void>();
	readonly onDidChangeCodeLenses = this.#changed.event;
	readonly #subscriptions: vscode.Disposable;

	constructor(plans: PromptPlans, settings: UserSettings, runs: DocumentRuns) {
		this.#plans = plans;
		this.#settings = settings;
		this.#runs = runs;
		const refresh = (): void => this.#changed.fire();
		this.#subscriptions = vscode.Disposable.from(
			plans.onDidChange(refresh),
			runs.onDidChange(refresh),
			vscode.workspace.onDidGrantWorkspaceTrust(refresh),
		);
	}

	provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
		if (!this.#settings.current.isCodeLensEnabled) {
			return [];
		}
		const runId = this.#runs.runningRunOf(document.uri);
		const first = runId === undefined ? mainAction(document, this.#plans.plan(document)) : cancelAction(runId);
		return [first, previewAction(document.uri)].map(command => new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), command));
	}

	dispose(): void {
		this.#subscriptions.dispose();
		this.#changed.dispose();
	}
}

function mainAction(document: vscode.TextDocument, planned: PlannedPrompt): vscode.Command {
	if (planned.choice.kind === 'ambiguous') {
		return { title: vscode.l10n.t('Choose a connection to generate'), command: 'imgprompt.selectConnection' };
	}
	return planned.outcome.kind === 'ready' ? generateAction(document.uri, planned.outcome.plan) : fixAction(document, planned);
}

function generateAction(uri: vscode.Uri, plan: Plan): vscode.Command {
	const price = priceText(plan);
	if (!vscode.workspace.isTrusted) {
		return { title: vscode.l10n.t('{0} · trust this workspace to generate', price), command: 'workbench.trust.manage' };
	}
	return {
		title: plan.price.kind === 'estimate' ? vscode.l10n.t('Generate {0}', price) : vscode.l10n.t('Generate · {0}', price),
		tooltip: vscode.l10n.t('Send to {0} on “{1}”', plan.model, plan.connection.name),
		command: 'imgprompt.generate',
		arguments: [uri, { interactive: true }],
	};
}

function priceText({ connection, price }: Plan): string {
	return connection.kind === 'sandbox' ? vscode.l10n.t('free, sandbox') : priceLabel(price, 'short');
}

/** Leads to the first error. */
function fixAction(document: vscode.TextDocument, planned: PlannedPrompt): vscode.Command {
	const errors = problemsOf(planned).filter(({ severity }) => severity === 'error');
	const [first] = errors.map(({ range }) => toEditorRange(document, range)).sort((a, b) => a.start.compareTo(b.start));
	const at = first ?? new vscode.Range(0, 0, 0, 0);
	return {
		title:
			errors.length === 1 ? vscode.l10n.t('Fix 1 problem to generate') : vscode.l10n.t('Fix {0} problems to generate', errors.length),
		command: 'editor.action.goToLocations',
		arguments: [document.uri, at.start, [new vscode.Location(document.uri, at)], 'goto', ''],
	};
}

function cancelAction(runId: string): vscode.Command {
	return {
		title: vscode.l10n.t('Cancel'),
		tooltip: vscode.l10n.t('End the run that is under way'),
		command: 'imgprompt.cancel',
		arguments: [runId],
	};
}

function previewAction(uri: vscode.Uri): vscode.Command {
	return {
		title: vscode.l10n.t('Preview'),
		tooltip: vscode.l10n.t('Show what would be sent, and what it would cost'),
		command: 'imgprompt.preview',
		arguments: [uri, { interactive: true }],
	};
}
