import * as vscode from 'vscode';
import type { Result } from '../../core/result';
import { acceptEntry } from '../../core/run/newRecord';
import type { Clock } from '../../core/run/ports';
import type { Ledger, RunSource, RunStore } from '../../core/run/records';
import { StorageError } from '../../core/run/storageError';
import { AssetInserter } from '../assets/assetInserter';
import { defaultAlt } from '../assets/assetPath';
import { askAlt } from '../assets/askAlt';
import { copyLink } from '../assets/copyLink';
import { notTrusted } from '../assets/insertFailures';
import type { InsertedAsset, InsertFailure, InsertRequest, InsertTarget } from '../assets/insertion';
import { revealPicture } from '../assets/reveal';
import { savePictureAs } from '../assets/saveAs';
import type { AssetSettings } from '../connections/parseSettings';
import { isEditable } from '../language/editable';
import { refugeFolders, type Refuge } from '../records/refuge';
import type { DocumentTracker } from './documentTracker';
import type { PromptSession } from './promptSession';
import { showError, showInformation } from '../notice/notice';
import { withoutIcons } from '../notice/plainText';

/** What callers in code may say about an insertion. */
export interface CodeInsertOptions {
	readonly runId: string;
	readonly index: number;
	readonly uri?: vscode.Uri;
	readonly position?: vscode.Position;
	readonly alt?: string;
}

/** The outcome of an insertion by code: what was written, or why nothing was. */
export type CodeInsertResult = InsertedAsset | { readonly failure: Pick<InsertFailure, 'kind' | 'message'> };

/** Where runs are kept and accounted for. */
export interface RunArchive {
	readonly runs: RunStore;
	readonly ledger: Ledger;
	readonly clock: Clock;
	/** Other disks, for when the one of the runs is full. */
	readonly refuge: Refuge;
}

/** What can be done with one picture of a run. */
export class PictureActions {
	readonly #archive: RunArchive;
	readonly #documents: DocumentTracker;
	readonly #settings: () => AssetSettings;
	readonly #inserter = new AssetInserter();

	constructor(archive: RunArchive, documents: DocumentTracker, settings: () => AssetSettings) {
		this.#archive = archive;
		this.#documents = documents;
		this.#settings = settings;
	}

	/** Asks for the alternative text, then writes the asset, and the link at the cursor of the document at hand. */
	async insertFromPanel(session: PromptSession, runId: string, index: number): Promise<void> {
		const { record } = await this.#found(runId, index);
		const target = this.#targetOf(record.source);
		const alt = target ? await askAlt(record) : defaultAlt(record);
		if (alt === undefined) {
			return;
		}
		// Looked up anew: while the question stood there, more may have happened to the run.
		const found = await this.#found(runId, index);
		const result = await this.#insert({ ...found, alt, isInteractive: true, ...(target ? { target } : {}) });
		session.showRecord(found.folder.record);
		if (result.ok && target) {
			putCursorBehindLink(target.uri);
		}
		if (result.ok) {
			reportInserted(result.value);
		} else {
			reportFailure(result.failure, found);
		}
	}

	/** Writes and links without a question; `session` shows it, if there is one. */
	async insertByCode(call: CodeInsertOptions, session?: PromptSession): Promise<CodeInsertResult> {
		const { runId, index, uri, position, alt } = call;
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
		session?.showRecord(found.folder.record);
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

	async #insert(request: Omit<InsertRequest, 'settings'>): Promise<Result<InsertedAsset, InsertFailure>> {
		if (!vscode.workspace.isTrusted) {
			return notTrusted();
		}
		const elsewhere = refugeFolders(this.#archive.refuge, request.record.runId);
		const result = await this.#inserter.insert({ ...request, elsewhere, settings: this.#settings() });
		if (result.ok) {
			await this.#account(request, result.value.asset);
			await vscode.commands.executeCommand('setContext', 'imgprompt.hasInserted', true);
		}
		return result;
	}

	/** Notes in the ledger that the picture was taken. */
	async #account({ record, picture }: Pick<InsertRequest, 'record' | 'picture'>, asset: string): Promise<void> {
		const { ledger, clock } = this.#archive;
		try {
			await ledger.append(acceptEntry(record, picture.candidate, asset, new Date(clock.now()).toISOString()));
		} catch (error) {
			// The asset lies in the project; that the ledger could not say so must not look like a failed insertion.
			if (!(error instanceof StorageError)) {
				throw error;
			}
		}
	}

	/** The document a selection came from, else the one that a person was in last, if it can still be seen. */
	#targetOf(source: RunSource): InsertTarget | undefined {
		const origin = source.kind === 'selection' ? vscode.Uri.parse(source.uri) : undefined;
		if (origin && isEditable(origin)) {
			return { uri: origin, isExact: false };
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
		const folder = await this.#archive.runs.open(runId);
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

function reportInserted({ uri, link, notice }: InsertedAsset): void {
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

function reportFailure(failure: InsertFailure, picture: FoundPicture): void {
	if (failure.kind === 'cancelled') {
		return;
	}
	const saveAs = vscode.l10n.t('Save As…');
	void showError(failure.message, ...(failure.canSaveAs ? [saveAs] : [])).then(async chosen => {
		const saved = chosen === saveAs ? await savePictureAs(picture) : undefined;
		if (saved?.ok === false) {
			reportFailure(saved.failure, picture);
		}
	});
}
