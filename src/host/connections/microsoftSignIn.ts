import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection';
import type { RunFailure } from '../../core/run/failure';
import { authenticationProvider } from './authenticationRequest';

/** Nobody is signed in, and nobody may be asked. */
export function signInNeeded({ name }: Connection): RunFailure {
	return {
		kind: 'notSignedIn',
		code: 'signInNeeded',
		message: vscode.l10n.t(
			'“{0}” needs your Microsoft account, and nobody is signed in for it. Sign in with “Image Prompt: Sign In”.',
			name,
		),
	};
}

/** Whoever started it went away from it. */
export function cancelledSignIn(): RunFailure {
	return { kind: 'notSignedIn', code: 'cancelled', message: vscode.l10n.t('Signing in was cancelled. Nothing was sent.') };
}

/** What VS Code's refusal means. */
export function failedSignIn(connection: Connection, error: unknown): RunFailure {
	const words = error instanceof Error ? error.message : String(error);
	if (/did not consent|cancel/i.test(words)) {
		return {
			kind: 'notSignedIn',
			code: 'signInDeclined',
			message: vscode.l10n.t('Nobody signed in for “{0}”, so nothing was sent. Sign in, then try again.', connection.name),
		};
	}
	if (authenticationProvider(connection) !== 'microsoft' && /provider/i.test(words)) {
		return {
			kind: 'notSignedIn',
			code: 'noProvider',
			message: vscode.l10n.t(
				'VS Code can’t sign in to the cloud of “{0}” yet. Set “microsoft-sovereign-cloud.environment” in your settings, then sign in.',
				connection.name,
			),
		};
	}
	return {
		kind: 'notSignedIn',
		code: 'signInFailed',
		message: vscode.l10n.t('VS Code could not sign in for “{0}”: {1}', connection.name, words.slice(0, 300)),
	};
}
