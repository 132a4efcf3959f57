import * as vscode from 'vscode';

/** What a contributed command does. Arguments come from callers that nobody has checked. */
export interface Command {
	readonly id: string;
	execute(...args: unknown[]): Promise<unknown>;
}

/**
 * Whether a person pressed something: the palette passes no arguments, menus pass their own context after the resource,
 * and our own buttons say so. Everybody else is code, which must not be asked questions.
 */
export function isFromPerson(args: readonly unknown[]): boolean {
	const context = args[1];
	return (
		args.every(argument => argument === undefined) ||
		Array.isArray(context) ||
		(isRecord(context) && ('groupId' in context || 'preserveFocus' in context || context['interactive'] === true))
	);
}

/** A `Uri`, or the text of one, as callers pass it; an absolute path is taken as a file. */
export function asUri(value: unknown): vscode.Uri | undefined {
	if (value instanceof vscode.Uri) {
		return value;
	}
	if (typeof value !== 'string') {
		return undefined;
	}
	if (/^(?:\/|[a-z]:[\\/]|\\\\)/i.test(value)) {
		return vscode.Uri.file(value);
	}
	return /^[a-z][a-z\d+.-]+:/i.test(value) ? vscode.Uri.parse(value) : undefined;
}

/** An object that is no list; what is in it is not known. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
