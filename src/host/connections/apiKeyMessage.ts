import * as vscode from 'vscode';
import { assertNever } from '../../core/result';
import type { ApiKeyProblem } from './apiKey';

/** Says what is wrong with the form of a key, and never shows it. */
export function apiKeyMessage(problem: ApiKeyProblem): string {
	switch (problem) {
		case 'empty':
			return vscode.l10n.t('Enter a key.');
		case 'tooLong':
			return vscode.l10n.t('This is too long for a key. Paste the key alone.');
		case 'containsSpace':
			return vscode.l10n.t('A key holds no spaces. Paste the key alone, without “Bearer” or a name before it.');
		case 'containsUnprintable':
			return vscode.l10n.t('This holds characters that no key has. Copy the key again.');
		default:
			return assertNever(problem);
	}
}
