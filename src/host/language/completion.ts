import * as vscode from 'vscode';
import type { Connections } from '../connections/connections';
import { completionPlaceAt, hasListedValues, type CompletionPlace } from './completionPlace';
import { documentKey, orderedKeys } from './keyDocumentation';
import type { PlannedPrompt, PromptPlans } from './promptPlans';
import { suggestValues } from './valueSuggestions';

/** Characters that open the list of suggestions: after `size:` and a space, and inside `{{`. */
export const completionTriggers = [' ', '{'];

/** Suggests keys, values that the model in force accepts, and variables. */
export class PromptCompletion implements vscode.CompletionItemProvider {
	readonly #plans: PromptPlans;
	readonly #connections: Connections;

	constructor(plans: PromptPlans, connections: Connections) {
		this.#plans = plans;
		this.#connections = connections;
	}

	provideCompletionItems(document: vscode.TextDocument, position: vscode.Position): vscode.CompletionItem[] {
		const lines = document.getText().split(/\r?\n/);
		const place = completionPlaceAt(lines, position.line, position.character);
		const planned = this.#plans.plan(document);
		switch (place.kind) {
			case 'key':
				return keyItems(place, position, planned);
			case 'value':
				return this.#valueItems(place, document, position, planned);
			case 'variable':
				return variableItems(place, position, planned);
			case 'frontMatter':
				return [frontMatterItem(place.prefix, position)];
			case 'nothing':
				return [];
		}
	}

	#valueItems(
		place: PlaceOf<'value'>,
		document: vscode.TextDocument,
		position: vscode.Position,
		planned: PlannedPrompt,
	): vscode.CompletionItem[] {
		const context = {
			capability: planned.capability,
			connection: planned.choice.kind === 'found' ? planned.choice.connection : undefined,
			connections: this.#connections.list(),
			today: this.#plans.today(),
		};
		const range = new vscode.Range(position.translate(0, -place.prefix.length), document.lineAt(position).range.end);
		return suggestValues(place.key, context).map(({ value, detail }, index) => {
			const item = new vscode.CompletionItem(
				{ label: value, ...(detail === undefined ? {} : { description: detail }) },
				vscode.CompletionItemKind.Value,
			);
			item.range = { inserting: range.with({ end: position }), replacing: range };
			item.sortText = String(index).padStart(3, '0');
			return item;
		});
	}
}

type PlaceOf<K extends CompletionPlace['kind']> = Extract<CompletionPlace, { kind: K }>;

/** Keys that the file does not have yet. */
function keyItems({ prefix, hasColon }: PlaceOf<'key'>, position: vscode.Position, { document }: PlannedPrompt): vscode.CompletionItem[] {
	const range = new vscode.Range(position.translate(0, -prefix.length), position);
	return orderedKeys
		.filter(key => !document.keys[key])
		.map((key, index) => {
			const item = new vscode.CompletionItem(key, vscode.CompletionItemKind.Property);
			item.documentation = new vscode.MarkdownString(documentKey(key));
			item.insertText = hasColon ? key : `${key}: `;
			item.range = range;
			item.sortText = String(index).padStart(3, '0');
			if (!hasColon && hasListedValues(key)) {
				item.command = { command: 'editor.action.triggerSuggest', title: '' };
			}
			return item;
		});
}

/** Names from `vars`, and in `output` those that are filled when the picture is there. */
function variableItems(
	{ prefix, isClosed, key }: PlaceOf<'variable'>,
	position: vscode.Position,
	{ document }: PlannedPrompt,
): vscode.CompletionItem[] {
	const range = new vscode.Range(position.translate(0, -prefix.length), position);
	const vars = Object.entries(document.keys.vars?.value ?? {});
	const late =
		key === 'output'
			? ([
					['index', vscode.l10n.t('number of the picture')],
					['ext', vscode.l10n.t('file type')],
				] as const)
			: [];
	return [...vars, ...late].map(([name, value]) => {
		const item = new vscode.CompletionItem({ label: name, description: value }, vscode.CompletionItemKind.Variable);
		item.insertText = isClosed ? name : `${name}}}`;
		item.range = range;
		return item;
	});
}

function frontMatterItem(prefix: string, position: vscode.Position): vscode.CompletionItem {
	const item = new vscode.CompletionItem('---', vscode.CompletionItemKind.Snippet);
	item.detail = vscode.l10n.t('Front matter: size, quality and other keys');
	item.insertText = new vscode.SnippetString('---\nsize: ${1:1536x1024}\nquality: ${2|medium,low,high,auto|}\n---\n$0');
	item.range = new vscode.Range(position.translate(0, -prefix.length), position);
	return item;
}
