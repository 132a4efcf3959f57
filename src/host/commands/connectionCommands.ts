import type { ConnectionWizard } from '../connections/wizard';
import type { Command } from './command';

/** The commands about connections and keys. With arguments nobody is asked; what is wrong with them is thrown. */
export function connectionCommands(wizard: ConnectionWizard): readonly Command[] {
	return [
		{ id: 'imgprompt.addConnection', execute: connection => wizard.addConnection(connection) },
		{ id: 'imgprompt.testConnection', execute: name => wizard.testConnection(textOf(name)) },
		{ id: 'imgprompt.selectConnection', execute: name => wizard.selectConnection(textOf(name)) },
		{ id: 'imgprompt.setApiKey', execute: (name, key) => wizard.setApiKey(textOf(name), textOf(key)) },
		{ id: 'imgprompt.clearApiKey', execute: name => wizard.clearApiKey(textOf(name)) },
	];
}

function textOf(value: unknown): string | undefined {
	return typeof value === 'string' ? value : undefined;
}
