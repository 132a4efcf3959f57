import * as vscode from 'vscode';
import { failure, success, type Result } from '../../core/result';
import { asUri, isRecord } from './command';

/** What a caller in code said, or one sentence about what is wrong with it: a mistake must not cost money in silence. */
export type Checked<T> = Result<T, string>;

/** Reads the options of a command; a name that is not `known` is a mistake, not silence. */
export function readOptions(value: unknown, known: readonly string[]): Checked<Readonly<Record<string, unknown>>> {
	if (value === undefined) {
		return success({});
	}
	if (!isRecord(value) || value instanceof vscode.Uri) {
		return failure(vscode.l10n.t('Options must be an object.'));
	}
	const unknown = Object.keys(value).find(name => !known.includes(name) && value[name] !== undefined);
	if (unknown === undefined) {
		return success(value);
	}
	return failure(
		known.length === 0
			? vscode.l10n.t('There is no option “{0}” here, nor any other.', unknown)
			: vscode.l10n.t('There is no option “{0}” here. Known: {1}.', unknown, known.join(', ')),
	);
}

/** A resource that a caller names; `undefined` when none is named. */
export function readUri(value: unknown): Checked<vscode.Uri | undefined> {
	const uri = asUri(value);
	return value === undefined || uri
		? success(uri)
		: failure(vscode.l10n.t('This is not a resource. Give a Uri, the text of one, or an absolute path.'));
}

/** Values for variables: texts, and what is plainly written as one. */
export function readVariables(value: unknown): Checked<Readonly<Record<string, string>> | undefined> {
	if (value === undefined) {
		return success(undefined);
	}
	if (!isRecord(value)) {
		return failure(vscode.l10n.t('“variables” must be an object of names and texts.'));
	}
	const values = Object.entries(value);
	const mistaken = values.find(([, each]) => !['string', 'number', 'boolean'].includes(typeof each));
	return mistaken
		? failure(vscode.l10n.t('The variable “{0}” must be a text.', mistaken[0]))
		: success(Object.fromEntries(values.map(([name, each]) => [name, String(each)])));
}

/** A place in a document; `undefined` when none is named. */
export function readPosition(value: unknown): Checked<vscode.Position | undefined> {
	if (value === undefined) {
		return success(undefined);
	}
	const isCount = (each: unknown): each is number => typeof each === 'number' && Number.isSafeInteger(each) && each >= 0;
	const { line, character } = isRecord(value) ? value : {};
	return isCount(line) && isCount(character)
		? success(new vscode.Position(line, character))
		: failure(vscode.l10n.t('“position” must be a zero-based line and character.'));
}
