import type * as vscode from 'vscode';
import { AccountMemory } from '../../src/host/connections/accountMemory';
import { MicrosoftAccounts } from '../../src/host/connections/microsoftAccounts';
import { TokenApproval } from '../../src/host/connections/tokenApproval';
import { Tokens } from '../../src/host/connections/tokens';

/** A store of one test, so that nothing is left in the window's. */
export function memoryMemento(values = new Map<string, unknown>()): vscode.Memento {
	return {
		keys: () => [...values.keys()],
		get: (key: string, otherwise?: unknown) => values.get(key) ?? otherwise,
		update: (key, value) => Promise.resolve(void values.set(key, value)),
	};
}

/** For connections that need no token: whoever asks the machine for one is told that there is none. */
export function noTokens(): Tokens {
	const memory = new AccountMemory(memoryMemento());
	const machine = { token: () => Promise.reject(new Error('Nobody was expected to sign in.')), forget: () => undefined };
	return new Tokens(new MicrosoftAccounts(memory), machine, new TokenApproval(memory));
}
