import * as vscode from 'vscode';
import type { PromptPlans } from './promptPlans';
import { toEditorRange } from './ranges';

/** Front matter with its keys, and the prompt, for the outline and the breadcrumbs. */
export class PromptSymbols implements vscode.DocumentSymbolProvider {
	readonly #plans: PromptPlans;

	constructor(plans: PromptPlans) {
		this.#plans = plans;
	}

	provideDocumentSymbols(document: vscode.TextDocument): vscode.DocumentSymbol[] {
		const prompt = this.#plans.plan(document).document;
		const body = toEditorRange(document, prompt.bodyRange);
		const promptSymbol = new vscode.DocumentSymbol(
			vscode.l10n.t('Prompt'),
			firstWords(prompt.body),
			vscode.SymbolKind.String,
			body,
			body,
		);
		const frontMatter = frontMatterLines(document, prompt.frontMatterRange);
		if (!frontMatter) {
			return [promptSymbol];
		}
		const symbol = new vscode.DocumentSymbol(vscode.l10n.t('Front matter'), '', vscode.SymbolKind.Namespace, frontMatter, frontMatter);
		symbol.children = Object.entries(prompt.keys).map(([key, { range, keyRange }]) => {
			const value = document.getText(toEditorRange(document, range));
			const whole = toEditorRange(document, { start: keyRange.start, end: range.end });
			return new vscode.DocumentSymbol(
				key,
				value.split(/\r?\n/, 1)[0] ?? '',
				vscode.SymbolKind.Property,
				whole,
				toEditorRange(document, keyRange),
			);
		});
		return [symbol, promptSymbol];
	}
}

/** Folds the front matter and comments of more than one line. */
export class PromptFolding implements vscode.FoldingRangeProvider {
	readonly #plans: PromptPlans;

	constructor(plans: PromptPlans) {
		this.#plans = plans;
	}

	provideFoldingRanges(document: vscode.TextDocument): vscode.FoldingRange[] {
		const prompt = this.#plans.plan(document).document;
		const frontMatter = frontMatterLines(document, prompt.frontMatterRange);
		const folds = frontMatter
			? [new vscode.FoldingRange(frontMatter.start.line, frontMatter.end.line, vscode.FoldingRangeKind.Region)]
			: [];
		const body = prompt.text.slice(prompt.bodyRange.start, prompt.bodyRange.end);
		for (const comment of body.matchAll(/<!--[^]*?-->/g)) {
			const start = prompt.bodyRange.start + comment.index;
			const { start: first, end: last } = toEditorRange(document, { start, end: start + comment[0].length });
			folds.push(new vscode.FoldingRange(first.line, last.line, vscode.FoldingRangeKind.Comment));
		}
		return folds.filter(({ start, end }) => end > start);
	}
}

/** The front matter with both of its `---` lines. */
function frontMatterLines(
	document: vscode.TextDocument,
	range: { readonly start: number; readonly end: number } | undefined,
): vscode.Range | undefined {
	if (!range) {
		return undefined;
	}
	const end = document.positionAt(range.end);
	const closing = end.character === 0 ? end.line : Math.min(end.line + 1, document.lineCount - 1);
	return new vscode.Range(new vscode.Position(0, 0), document.lineAt(closing).range.end);
}

function firstWords(prompt: string): string {
	const line = prompt.split(/\r?\n/, 1)[0] ?? '';
	return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
