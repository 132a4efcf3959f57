import * as vscode from 'vscode';
import type { TextRange } from '../../core/problem';

/** A range of offsets in `document`, as the editor counts. */
export function toEditorRange(document: vscode.TextDocument, range: TextRange): vscode.Range {
	return new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
}

/** Whether `offset` is in `range` or touches its end, as a cursor does. */
export function touches(range: TextRange, offset: number): boolean {
	return offset >= range.start && offset <= range.end;
}
