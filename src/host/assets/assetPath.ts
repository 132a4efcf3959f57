import * as vscode from 'vscode';
import { altFromPrompt } from '../../core/asset/altText';
import { resolveDestination } from '../../core/asset/copyDestination';
import { fillName, namedPath, withTrueExtension, type NameValues } from '../../core/asset/names';
import { fileNameOf } from '../../core/asset/relativePath';
import { describeUnsafePath, resolveInside } from '../../core/asset/safePath';
import { formatSize } from '../../core/image/imageSize';
import { success, type Result } from '../../core/result';
import type { AssetAnchor } from './documentPlace';
import { outsideWorkspace } from './insertFailures';
import type { InsertFailure, InsertRequest } from './insertion';

/** A path that may be written, relative to the anchor's root, before anybody looked at what lies there. */
export interface WantedPath {
	readonly path: string;
	readonly notice?: string;
}

/** The alternative text of a picture, when nobody gave another: the prompt file's own, else the prompt's first sentence. */
export function defaultAlt(record: Pick<InsertRequest['record'], 'alt' | 'prompt'>): string {
	return record.alt ?? altFromPrompt(record.prompt ?? '');
}

/** Where the asset should go: the run's `output`, else the user's folder, else where Markdown pastes pictures, else `images`. */
export function wantedPath(request: InsertRequest, anchor: AssetAnchor): Result<WantedPath, InsertFailure> {
	const values = nameValues(request, anchor);
	const written = request.record.output ? outputPath(request.record.output, request, values) : folderPath(request, anchor, values);
	if (written === undefined) {
		return outsideWorkspace(describeUnsafePath({ kind: 'outside' }));
	}
	const { path, instead } = withTrueExtension(written.replaceAll('\\', '/'), request.picture.format);
	const safe = resolveInside(anchor.base, path);
	if (!safe.ok) {
		return outsideWorkspace(describeUnsafePath(safe.failure));
	}
	const notice =
		instead && vscode.l10n.t('The picture is a {0}, so it was saved as {1}.', request.picture.format.toUpperCase(), fileNameOf(path));
	return success({ path: safe.value, ...(notice ? { notice } : {}) });
}

function outputPath(output: string, { settings }: InsertRequest, values: NameValues): string {
	const path = fillName(output.trim(), values);
	return /[/\\]$/.test(path) ? namedPath(path, settings.name, values) : path;
}

function folderPath({ settings }: InsertRequest, anchor: AssetAnchor, values: NameValues): string | undefined {
	const folder = settings.folder.trim();
	return resolveDestination(folder === '' ? pasteDestination(anchor) : `${folder.replace(/[/\\]+$/, '')}/`, {
		documentPath: anchor.file.path,
		...(anchor.workspaceFolder ? { workspaceFolder: anchor.workspaceFolder.uri.path } : {}),
		fileName: namedPath('', settings.name, values),
		now: Date.now(),
	});
}

/** The first entry of VS Code's `markdown.copyFiles.destination` that matches the document. */
function pasteDestination({ file }: AssetAnchor): string {
	const configured: unknown = vscode.workspace.getConfiguration('markdown', file).get('copyFiles.destination');
	for (const [glob, destination] of Object.entries(configured ?? {})) {
		if (typeof destination === 'string' && matches(file, glob)) {
			return destination;
		}
	}
	return 'images/';
}

/** A glob with a leading `/` starts at a workspace folder, every other one anywhere. */
function matches(file: vscode.Uri, glob: string): boolean {
	const patterns: readonly vscode.GlobPattern[] = glob.startsWith('/')
		? (vscode.workspace.workspaceFolders ?? []).map(folder => new vscode.RelativePattern(folder, glob.slice(1)))
		: [glob.startsWith('**') ? glob : `**/${glob}`];
	// Matching only looks at these two members; the document itself may not be open.
	const document = { uri: file, languageId: '', fileName: file.fsPath } as vscode.TextDocument;
	return patterns.some(pattern => vscode.languages.match({ pattern }, document) > 0);
}

function nameValues({ record, picture, alt }: InsertRequest, anchor: AssetAnchor): NameValues {
	return {
		slug: alt || record.alt || altFromPrompt(record.prompt ?? ''),
		format: picture.format,
		candidate: picture.candidate,
		date: record.startedAt.slice(0, 10),
		documentName: fileNameOf(anchor.file.path),
		model: record.model,
		size: formatSize(picture),
		runId: record.runId,
	};
}
