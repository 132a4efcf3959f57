import * as vscode from 'vscode';
import { becomesParagraph, isAloneAt, linkInsertion } from '../../core/asset/linkInsertion';
import { linkFor } from '../../core/asset/links';
import { findPromptFence } from '../../core/prompt/promptFence';
import { folderOf, relativePath, splitExtension } from '../../core/asset/relativePath';
import type { AssetAnchor } from './documentPlace';
import type { InsertRequest, InsertTarget } from './insertion';

/** Where in a document a link goes. */
export interface LinkPlace {
	readonly document: vscode.TextDocument;
	readonly position: vscode.Position;
	/** Put there as it is. */
	readonly isExact: boolean;
	/** The link becomes a paragraph after what stands there: nobody chose the place, or it lies in the prompt's own fence. */
	readonly isAtEnd: boolean;
}

/** Finds the place; a position from before the document was changed is moved to the nearest one that exists. */
export function linkPlaceIn(document: vscode.TextDocument, target: InsertTarget, request: InsertRequest): LinkPlace {
	const isExact = target.isExact && target.position !== undefined;
	const chosen = target.position ?? selectionEnd(document) ?? sourcePosition(document, request);
	const position = chosen ? document.validatePosition(chosen) : document.lineAt(document.lineCount - 1).range.end;
	const behindFence = isExact ? undefined : behindPromptFence(document, position);
	return { document, position: behindFence ?? position, isExact, isAtEnd: chosen === undefined || behindFence !== undefined };
}

/** The end of the prompt fence that holds `position`: a link inside would become a part of the prompt. */
function behindPromptFence(document: vscode.TextDocument, position: vscode.Position): vscode.Position | undefined {
	if (document.languageId !== 'markdown') {
		return undefined;
	}
	const fence = findPromptFence(document.getText(), document.offsetAt(position));
	return fence && document.positionAt(fence.blockRange.end);
}

function selectionEnd(document: vscode.TextDocument): vscode.Position | undefined {
	const { activeTextEditor, visibleTextEditors } = vscode.window;
	const editor =
		activeTextEditor?.document === document ? activeTextEditor : visibleTextEditors.find(visible => visible.document === document);
	return editor?.selection.end;
}

function sourcePosition(document: vscode.TextDocument, { record: { source } }: InsertRequest): vscode.Position | undefined {
	const isFromHere = source.kind === 'selection' && source.uri === document.uri.toString();
	return isFromHere ? new vscode.Position(source.position.line, source.position.character) : undefined;
}

/** A link in the document's language, and the text that brings it to its place. */
export function linkAt(
	place: LinkPlace,
	asset: vscode.Uri,
	alt: string,
	request: InsertRequest,
	anchor: AssetAnchor,
): { link: string; text: string } {
	const { document, position } = place;
	const line = document.lineAt(position.line).text;
	const before = line.slice(0, position.character);
	const after = line.slice(position.character);
	const language = languageOf(document, anchor.file);
	const { width, height } = request.picture;
	const around = { ...lineText('above', document, position.line - 1), ...lineText('below', document, position.line + 1) };
	const surroundings = { ...language, before, after, ...around };
	const isAlone = isAloneAt({ before, after }) || (!place.isExact && (place.isAtEnd || becomesParagraph(surroundings)));
	const link = linkFor({ ...language, path: pathFrom(anchor.file, asset), alt, width, height, isAlone });
	if (place.isExact) {
		return { link, text: link };
	}
	if (place.isAtEnd) {
		const gapBelow = (surroundings.below ?? '').trim() === '' ? '' : '\n';
		return { link, text: before.trim() === '' ? link : `\n\n${link}${gapBelow}` };
	}
	return { link, text: linkInsertion({ ...surroundings, link }) };
}

function lineText<K extends string>(key: K, document: vscode.TextDocument, line: number): { readonly [P in K]?: string } {
	return line >= 0 && line < document.lineCount ? ({ [key]: document.lineAt(line).text } as { readonly [P in K]?: string }) : {};
}

/** Language id, and extension for languages that VS Code does not know. */
export function languageOf(document: vscode.TextDocument, file: vscode.Uri): { readonly languageId: string; readonly extension: string } {
	return { languageId: document.languageId, extension: splitExtension(file.path)[1] };
}

/** The asset as seen from a document: a relative path, or its address when there is none. */
export function pathFrom(file: vscode.Uri, asset: vscode.Uri): string {
	const isSamePlace = file.scheme === asset.scheme && file.authority.toLowerCase() === asset.authority.toLowerCase();
	return (isSamePlace ? relativePath(folderOf(file.path), asset.path) : undefined) ?? asset.toString();
}
