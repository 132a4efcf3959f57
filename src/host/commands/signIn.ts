import * as vscode from 'vscode';
import type { SignIn } from '../connections/signIn';
import type { Command } from './command';

/** `Sign In`: lets a person choose the Microsoft account of a connection. Returns the account's name. */
export function signInCommand(signIn: SignIn): Command {
	return {
		id: 'imgprompt.signIn',
		execute: async name => {
			if (name !== undefined && typeof name !== 'string') {
				throw new Error(vscode.l10n.t('Connections and keys are named by texts.'));
			}
			return signIn.run(name);
		},
	};
}
