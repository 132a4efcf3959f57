import * as vscode from 'vscode';
import type { Problem, ProblemSeverity } from '../../core/problem';
import { isEditable } from './editable';
import { problemsOf, type PromptPlans } from './promptPlans';
import { toEditorRange } from './ranges';

/** How long typing must rest before problems are shown anew, in milliseconds. */
const restMs = 150;

/** What the Problems view shows as the origin of a problem. */
export const diagnosticSource = 'Image Prompt';

const severities: Readonly<Record<ProblemSeverity, vscode.DiagnosticSeverity>> = {
	error: vscode.DiagnosticSeverity.Error,
	warning: vscode.DiagnosticSeverity.Warning,
	information: vscode.DiagnosticSeverity.Information,
};

/** Shows the problems of every open prompt file. */
export class PromptDiagnostics implements vscode.Disposable {
	readonly #plans: PromptPlans;
	readonly #collection = vscode.languages.createDiagnosticCollection('imgprompt');
	readonly #waiting = new Map<string, NodeJS.Timeout>();
	readonly #subscriptions: vscode.Disposable;

	constructor(plans: PromptPlans) {
		this.#plans = plans;
		this.#subscriptions = vscode.Disposable.from(
			vscode.workspace.onDidOpenTextDocument(document => this.#check(document)),
			vscode.workspace.onDidChangeTextDocument(({ document }) => this.#checkSoon(document)),
			vscode.workspace.onDidCloseTextDocument(document => this.#forget(document)),
			plans.onDidChange(() => this.#checkAll()),
		);
		this.#checkAll();
	}

	dispose(): void {
		this.#subscriptions.dispose();
		for (const timer of this.#waiting.values()) {
			clearTimeout(timer);
		}
		this.#collection.dispose();
	}

	#checkAll(): void {
		for (const document of vscode.workspace.textDocuments) {
			this.#check(document);
		}
	}

	#checkSoon(document: vscode.TextDocument): void {
		if (!isPrompt(document)) {
			return;
		}
		const key = document.uri.toString();
		clearTimeout(this.#waiting.get(key));
		this.#waiting.set(
			key,
			setTimeout(() => this.#check(document), restMs),
		);
	}

	#check(document: vscode.TextDocument): void {
		this.#stopWaiting(document);
		if (isPrompt(document) && !document.isClosed) {
			const problems = problemsOf(this.#plans.plan(document));
			this.#collection.set(
				document.uri,
				problems.map(problem => toDiagnostic(document, problem)),
			);
		}
	}

	/** Also when a document takes another language: VS Code closes it and opens it anew. */
	#forget(document: vscode.TextDocument): void {
		this.#stopWaiting(document);
		this.#collection.delete(document.uri);
	}

	#stopWaiting(document: vscode.TextDocument): void {
		const key = document.uri.toString();
		clearTimeout(this.#waiting.get(key));
		this.#waiting.delete(key);
	}
}

/** Former versions, in a comparison for instance, have no problems that anybody could solve. */
function isPrompt({ languageId, uri }: vscode.TextDocument): boolean {
	return languageId === 'imgprompt' && isEditable(uri);
}

/** A problem as the editor shows it. Its code is stable. */
export function toDiagnostic(document: vscode.TextDocument, problem: Problem): vscode.Diagnostic {
	const diagnostic = new vscode.Diagnostic(toEditorRange(document, problem.range), problem.message, severities[problem.severity]);
	diagnostic.source = diagnosticSource;
	diagnostic.code = problem.code;
	return diagnostic;
}
