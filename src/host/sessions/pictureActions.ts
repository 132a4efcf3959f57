import * as vscode from 'vscode';
import type { RunSource, RunStore } from '../../core/run/records';
import { AssetInserter } from '../assets/assetInserter';
import { defaultAlt } from '../assets/assetPath';
import { askAlt } from '../assets/askAlt';
import { copyLink } from '../assets/copyLink';
import type { InsertedAsset, InsertFailure, InsertRequest, InsertTarget } from '../assets/insertion';
import { revealPicture } from '../assets/reveal';
import { savePictureAs } from '../assets/saveAs';
import type { AssetSettings } from '../connections/parseSettings';
import type { DocumentTracker } from './documentTracker';
import type { PromptSession } from './promptSession';
import { showError, showInformation } from '../notice/notice';
import { withoutIcons } from '../notice/plainText';

/** What callers in code may say about an insertion. */
export interface CodeInsertOptions {
	readonly uri?: vscode.Uri;
	readonly position?: vscode.Position;
	readonly alt?: string;
}

/** The outcome of an insertion by code: what was written, or why nothing was. */
export type CodeInsertResult = InsertedAsset | { readonly failure: Pick<InsertFailure, 'kind' | 'message'> };

/** What can be done with one picture of a run. */
export class PictureActions {
	readonly #runs: RunStore;
	readonly #documents: DocumentTracker;
	readonly #settings: () => AssetSettings;
	readonly #inserter = new AssetInserter();

	constructor(runs: RunStore, documents: DocumentTracker, settings: () => AssetSettings) {
		this.#runs = runs;
		this.#documents = documents;
		this.#settings = settings;
	}

	/** Asks for the alternative text, then writes the asset, and the link at the cursor of the document at hand. */
	async insertFromPanel(session: PromptSession, runId: string, index: number): Promise<void> {
		const found = await this.#found(runId, index);
		const target = this.#targetOf(found.record.source);
		const alt = target ? await askAlt(found.record) : defaultAlt(found.record);
		if (alt === undefined) {
			return;
		}
		const result = await this.#insert({ ...found, alt, isInteractive: true, ...(target ? { target } : {}) });
		session.setRun({ record: found.folder.record });
		if (result.ok && target) {
			putCursorBehindLink(target.uri);
		}
		await (result.ok ? reportInserted(result.value) : reportFailure(result.failure, found));
	}

	/** Writes and links without a question. */
	async insertByCode(runId: string, index: number, { uri, position, alt }: CodeInsertOptions): Promise<CodeInsertResult> {
		const found = await this.#find(runId, index);
		if (!found) {
			return { failure: { kind: 'gone', message: noSuchPicture() } };
		}
		const target = uri && { uri, isExact: position !== undefined, ...(position ? { position } : {}) };
		const result = await this.#insert({
			...found,
			isInteractive: false,
			...(target ? { target } : {}),
			...(alt === undefined ? {} : { alt }),
		});
		return result.ok ? result.value : { failure: { kind: result.failure.kind, message: result.failure.message } };
	}

	async saveAs(runId: string, index: number): Promise<void> {
		const result = await savePictureAs(await this.#found(runId, index));
		if (!result.ok && result.failure.kind !== 'cancelled') {
			throw new Error(result.failure.message);
		}
	}

	async copyLink(runId: string, index: number): Promise<void> {
		const link = await copyLink(await this.#found(runId, index), this.#documents.linkTarget);
		vscode.window.setStatusBarMessage(withoutIcons(vscode.l10n.t('Copied: {0}', link)), 4000);
	}

	async reveal(runId: string, index: number): Promise<void> {
		await revealPicture(await this.#found(runId, index));
	}

	async #insert(request: Omit<InsertRequest, 'settings'>) {
		const result = await this.#inserter.insert({ ...request, settings: this.#settings() });
		if (result.ok) {
			await vscode.commands.executeCommand('setContext', 'imgprompt.hasInserted', true);
		}
		return result;
	}

	/** The document a selection came from, else the one that a person was in last, if it can still be seen. */
	#targetOf(source: RunSource): InsertTarget | undefined {
		if (source.kind === 'selection') {
			return { uri: vscode.Uri.parse(source.uri), isExact: false };
		}
		const document = this.#documents.linkTarget;
		return document && { uri: document.uri, isExact: false };
	}

	async #found(runId: string, index: number): Promise<FoundPicture> {
		const found = await this.#find(runId, index);
		if (!found) {
			throw new Error(noSuchPicture());
		}
		return found;
	}

	async #find(runId: string, index: number): Promise<FoundPicture | undefined> {
		const folder = await this.#runs.open(runId);
		const picture = folder?.record.pictures.find(({ candidate }) => candidate === index);
		return folder && picture && { folder, record: folder.record, picture, picturePath: folder.locate(picture.fileName).path };
	}
}

type FoundPicture = Required<Pick<InsertRequest, 'folder' | 'record' | 'picture' | 'picturePath'>>;

/** The link was put behind the selected prompt, and VS Code stretched the selection over it: the next key must not replace both. */
function putCursorBehindLink(uri: vscode.Uri): void {
	const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
	if (editor && !editor.selection.isEmpty) {
		editor.selection = new vscode.Selection(editor.selection.end, editor.selection.end);
	}
}

function noSuchPicture(): string {
	return vscode.l10n.t('There is no such picture any more. Generate it again.');
}

async function reportInserted({ uri, link, notice }: InsertedAsset): Promise<void> {
	const name = vscode.workspace.asRelativePath(vscode.Uri.parse(uri));
	const message = link === undefined ? vscode.l10n.t('Saved {0}.', name) : vscode.l10n.t('Inserted {0}.', name);
	if (notice === undefined && link !== undefined) {
		vscode.window.setStatusBarMessage(withoutIcons(message), 4000);
		return;
	}
	const open = vscode.l10n.t('Open');
	// Not awaited by the panel: the insertion is over, whether or not somebody presses the button.
	void showInformation(notice === undefined ? message : `${message} ${notice}`, open).then(async chosen => {
		if (chosen === open) {
			await vscode.commands.executeCommand('vscode.open', vscode.Uri.parse(uri));
		}
	});
}

async function reportFailure(failure: InsertFailure, picture: FoundPicture): Promise<void> {
	if (failure.kind === 'cancelled') {
		return;
	}
	const saveAs = vscode.l10n.t('Save As…');
	void showError(failure.message, ...(failure.canSaveAs ? [saveAs] : [])).then(async chosen => {
		if (chosen === saveAs) {
			await savePictureAs(picture);
		}
	});
}
