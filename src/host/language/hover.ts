import * as vscode from 'vscode';
import type { PromptDocument, PromptKey, VariableReference } from '../../core/prompt/promptDocument';
import { ownValue } from '../../core/ownValue';
import type { TextRange } from '../../core/problem';
import { describeConnection } from '../connections/describeConnection';
import { documentKey, isPromptKey } from './keyDocumentation';
import { pricesByQuality, pricesBySize, type PriceEffect } from './priceEffects';
import { priceLabel } from './priceLabel';
import type { PlannedPrompt, PromptPlans } from './promptPlans';
import { toEditorRange, touches } from './ranges';

/** Explains keys and their values, what size and quality do to the price, and what a variable stands for. */
export class PromptHover implements vscode.HoverProvider {
	readonly #plans: PromptPlans;

	constructor(plans: PromptPlans) {
		this.#plans = plans;
	}

	provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
		const planned = this.#plans.plan(document);
		const offset = document.offsetAt(position);
		const variable = planned.document.variables.find(({ range }) => touches(range, offset));
		if (variable) {
			return new vscode.Hover(explainVariable(variable, planned.document), toEditorRange(document, variable.range));
		}
		const found = keyAt(planned.document, offset);
		return found && new vscode.Hover(this.#explainKey(found.key, planned), toEditorRange(document, found.range));
	}

	#explainKey(key: PromptKey, planned: PlannedPrompt): vscode.MarkdownString {
		const text = new vscode.MarkdownString(`**${key}** – ${documentKey(key)}`);
		const detail = valueDetail(key, planned);
		if (detail !== undefined) {
			text.appendMarkdown('\n\n').appendText(detail);
		}
		return text.appendMarkdown(priceTable(this.#effects(key, planned)));
	}

	#effects(key: PromptKey, planned: PlannedPrompt): readonly PriceEffect[] {
		const plan = (document: PromptDocument): PlannedPrompt => this.#plans.planPrompt(document);
		if (key === 'quality' || key === 'tier') {
			return pricesByQuality(planned, plan);
		}
		return key === 'size' ? pricesBySize(planned, plan) : [];
	}
}

function keyAt(document: PromptDocument, offset: number): { readonly key: PromptKey; readonly range: TextRange } | undefined {
	for (const [key, { range, keyRange }] of Object.entries(document.keys)) {
		const found = [keyRange, range].find(candidate => touches(candidate, offset));
		if (found && isPromptKey(key)) {
			return { key, range: found };
		}
	}
	return undefined;
}

/** What the value of `key` comes to, where it is not plain from the text. */
function valueDetail(key: PromptKey, { document, choice, outcome }: PlannedPrompt): string | undefined {
	const size = document.keys.size?.value;
	if (key === 'size' && size && size !== 'auto') {
		const megapixels = (size.width * size.height) / 1_000_000;
		return vscode.l10n.t(
			'{0} × {1} pixels, {2} megapixels',
			size.width,
			size.height,
			megapixels.toLocaleString(vscode.env.language, { maximumFractionDigits: 2 }),
		);
	}
	if (key === 'connection' && choice.kind === 'found') {
		return describeConnection(choice.connection);
	}
	if (key === 'tier' && outcome.kind === 'ready' && outcome.plan.requested.quality !== undefined) {
		return vscode.l10n.t('Comes to quality {0}.', outcome.plan.requested.quality);
	}
	return undefined;
}

function priceTable(effects: readonly PriceEffect[]): string {
	if (effects.length === 0) {
		return '';
	}
	const rows = effects.map(({ value, price }) => `| ${value} | ${priceLabel(price, 'long')} |`);
	return ['\n', `| | ${vscode.l10n.t('Price of this prompt')} |`, '|---|---|', ...rows].join('\n');
}

function explainVariable({ name }: VariableReference, document: PromptDocument): vscode.MarkdownString {
	const value = ownValue(document.keys.vars?.value ?? {}, name);
	const text = new vscode.MarkdownString();
	if (value === undefined) {
		return text.appendText(vscode.l10n.t('{0} has no value in this file.', name));
	}
	return text.appendMarkdown(`**${vscode.l10n.t('Variable')}** `).appendText(`${name}\n\n${value}`);
}
