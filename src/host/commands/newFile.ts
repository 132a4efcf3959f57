import * as vscode from 'vscode';
import { readOptions } from './callerOptions';
import type { Command } from './command';

interface Template extends vscode.QuickPickItem {
	/** What callers in code say. */
	readonly id: string;
	readonly text: string;
}

/**
 * `imgprompt.newFile({ template? })`: an unsaved prompt file from a template, which a person picks and code names. Returns
 * its `Uri`; `undefined` when the person went away. A template that does not exist is thrown.
 */
export function newFileCommand(): Command {
	return {
		id: 'imgprompt.newFile',
		execute: async (options: unknown) => {
			const template = options === undefined ? await pickTemplate() : namedTemplate(options);
			if (!template) {
				return undefined;
			}
			const document = await vscode.workspace.openTextDocument({ language: 'imgprompt', content: template.text });
			await vscode.window.showTextDocument(document);
			return document.uri;
		},
	};
}

function pickTemplate(): Thenable<Template | undefined> {
	return vscode.window.showQuickPick(templates(), { title: vscode.l10n.t('New prompt file') });
}

function namedTemplate(value: unknown): Template {
	const options = readOptions(value, ['template']);
	if (!options.ok) {
		throw new Error(options.failure);
	}
	const { template = 'blank' } = options.value;
	const found = templates().find(({ id }) => id === template);
	if (!found) {
		const known = templates().map(({ id }) => id);
		throw new Error(vscode.l10n.t('There is no such template. Known: {0}.', known.join(', ')));
	}
	return found;
}

/** In the order that the vendor's prompting guide recommends: use, scene, subject, style, composition, constraints. */
function templates(): Template[] {
	return [
		{
			id: 'illustration',
			label: vscode.l10n.t('Illustration for a page'),
			detail: vscode.l10n.t('1536×1024, medium quality'),
			text:
				frontMatter('landscape', 'medium', 'images/illustration.{{ext}}', 'A lighthouse on a cliff at dusk') +
				'Illustration for the start page of a documentation site.\nScene: a rocky coast at dusk, calm sea.\nSubject: a lighthouse on a cliff, its lamp lit.\nStyle: flat shapes, limited palette of deep blue, sand and orange.\nComposition: wide, the lighthouse on the right third, empty sky on the left.\nNo text, no logos, no watermark.\n',
		},
		{
			id: 'mockup',
			label: vscode.l10n.t('User interface mockup'),
			detail: vscode.l10n.t('1536×1024, high quality for small text'),
			text:
				frontMatter('landscape', 'high', 'images/mockup.{{ext}}', 'Mockup of a settings page') +
				'Mockup of a desktop web application.\nScreen: settings page with a navigation list on the left and a form on the right.\nText, verbatim: the heading "Notifications", the button "Save changes".\nStyle: clean, neutral greys, one blue accent, 8 px grid, real interface and no perspective.\nNo device frame, no extra text.\n',
		},
		{
			id: 'diagram',
			label: vscode.l10n.t('Diagram'),
			detail: vscode.l10n.t('1536×864, high quality for labels'),
			text:
				frontMatter('wide', 'high', 'images/diagram.{{ext}}', 'Diagram of a request passing from browser to database') +
				'Technical diagram for a developer guide.\nThree boxes from left to right, labelled "Browser", "Server", "Database", joined by arrows.\nStyle: thin dark lines on a white background, one accent colour, sans-serif labels.\nNo decoration, no extra text.\n',
		},
		{
			id: 'blank',
			label: vscode.l10n.t('Blank'),
			detail: vscode.l10n.t('Only the prompt'),
			text: 'Describe the picture here.\n',
		},
	];
}

function frontMatter(size: string, quality: string, output: string, alt: string): string {
	return `---\nsize: ${size}\nquality: ${quality}\noutput: ${output}\nalt: ${alt}\n---\n`;
}
