import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection';
import { assertNever, type Result } from '../../core/result';
import { askModally, showError, showInformation } from '../notice/notice';
import { withoutIcons } from '../notice/plainText';
import type { ApiKeys } from './apiKeys';
import { authState, type KnownAccounts } from './authState';
import { freeName } from './connectionDraft';
import type { ConnectionEditor, Edited, EditProblem } from './connectionEditor';
import type { EntryPatch } from './connectionEntries';
import type { Connections } from './connections';
import { describeConnection } from './describeConnection';
import { editFields, type EditField } from './editFields';
import { editProblemMessage } from './editProblemMessage';
import { askChoice, askText, type Choice } from './quickSteps';
import type { TestDialog } from './testDialog';
import type { ConnectionWizard } from './wizard';

/** What managing connections needs. */
export interface ManagePorts {
	readonly connections: Connections;
	readonly editor: ConnectionEditor;
	readonly keys: ApiKeys;
	readonly accounts: KnownAccounts;
	readonly wizard: ConnectionWizard;
	readonly tests: TestDialog;
}

/** Where an action leads: again to the actions of a connection, to the list with it in focus, or elsewhere. */
export type Next = { readonly to: 'actions' | 'list'; readonly name: string } | { readonly to: 'elsewhere' };

type Action = 'test' | 'picture' | 'select' | 'edit' | 'duplicate' | 'setKey' | 'clearKey' | 'signIn' | 'delete';

/** What a person can do with one connection. */
export class ConnectionActions {
	readonly #ports: ManagePorts;

	constructor(ports: ManagePorts) {
		this.#ports = ports;
	}

	/** Asks what to do, and does it. */
	async ask(connection: Connection): Promise<Next> {
		const { keys, accounts } = this.#ports;
		const state = await authState(connection, keys, accounts);
		const answer = await askChoice<Action>({
			title: connection.name,
			placeholder: `${describeConnection(connection)} · ${state}`,
			choices: await this.#choices(connection),
			canGoBack: true,
		});
		return answer.kind === 'answered' ? this.#act(connection, answer.value) : { to: 'list', name: connection.name };
	}

	async #choices(connection: Connection): Promise<readonly Choice<Action>[]> {
		const { connections, keys, tests } = this.#ports;
		const inForce = connections.choose();
		const isInForce = inForce.kind === 'found' && inForce.connection.name === connection.name;
		const hasKey = await keys.has(connection);
		const price = tests.priceOfPicture(connection);
		const isOwn = connection.kind !== 'sandbox';
		const choices: readonly (Choice<Action> | false)[] = [
			{
				label: vscode.l10n.t('$(pulse) Test Connection'),
				detail: vscode.l10n.t('Asks for no picture and costs nothing'),
				value: 'test',
			},
			!isInForce && { label: vscode.l10n.t('$(check) Use by Default'), value: 'select' },
			isOwn && { label: vscode.l10n.t('$(edit) Edit…'), value: 'edit' },
			connection.auth === 'microsoft' && { label: vscode.l10n.t('$(account) Sign In…'), value: 'signIn' },
			isOwn &&
				connection.auth === 'apiKey' && {
					label: hasKey ? vscode.l10n.t('$(key) Replace API Key…') : vscode.l10n.t('$(key) Set API Key…'),
					value: 'setKey',
				},
			hasKey && { label: vscode.l10n.t('$(close) Clear API Key'), value: 'clearKey' },
			isOwn && { label: vscode.l10n.t('$(copy) Duplicate…'), value: 'duplicate' },
			price !== undefined && {
				label: vscode.l10n.t('$(file-media) Make a Test Picture ({0})', price),
				detail: vscode.l10n.t('One small picture of low quality, which is paid for'),
				value: 'picture',
			},
			isOwn && { label: vscode.l10n.t('$(trash) Delete…'), value: 'delete' },
		];
		return choices.filter(choice => choice !== false);
	}

	async #act(connection: Connection, action: Action): Promise<Next> {
		const { name } = connection;
		const { connections, keys, wizard, tests } = this.#ports;
		switch (action) {
			case 'test':
				await tests.run(connection);
				return { to: 'elsewhere' };
			case 'picture':
				await tests.makePicture(connection);
				return { to: 'elsewhere' };
			case 'select':
				await connections.select(name);
				return { to: 'list', name };
			case 'edit':
				return this.#edit(connection);
			case 'duplicate':
				return this.#duplicate(connection);
			case 'setKey':
				await wizard.replaceKey(connection);
				return { to: 'actions', name };
			case 'clearKey':
				await keys.clear(connection);
				return { to: 'actions', name };
			case 'signIn':
				await vscode.commands.executeCommand('imgprompt.signIn', name);
				return { to: 'actions', name };
			case 'delete':
				return this.#delete(connection);
			default:
				return assertNever(action);
		}
	}

	/** Field by field, until the person goes back. */
	async #edit({ name }: Connection): Promise<Next> {
		const { connections, editor } = this.#ports;
		let present = name;
		let last: string | undefined;
		for (;;) {
			const connection = connections.find(present);
			const fields = connection ? editFields(connection, editor) : [];
			const active = fields.find(({ label }) => label === last);
			const answer = await askChoice<EditField>({
				title: vscode.l10n.t('Edit “{0}”', present),
				placeholder: vscode.l10n.t('What is to be changed?'),
				choices: fields.map(field => ({ label: field.label, description: withoutIcons(field.value), value: field })),
				...(active ? { active } : {}),
				canGoBack: true,
			});
			if (answer.kind !== 'answered' || !connection) {
				return { to: 'actions', name: present };
			}
			last = answer.value.label;
			const patch = await answer.value.ask();
			present = patch.kind === 'answered' ? await this.#change(connection, patch.value) : present;
		}
	}

	/** Writes a change and says what became of the key. Returns the name that the connection has now. */
	async #change(connection: Connection, patch: EntryPatch): Promise<string> {
		const changed = await this.#ports.editor.change(connection.name, patch);
		if (!changed.ok) {
			void showError(editProblemMessage(changed.failure));
			return connection.name;
		}
		const { connection: present, key } = changed.value;
		if (key === 'forgotten') {
			const setKey = vscode.l10n.t('Set API Key');
			const message = vscode.l10n.t(
				'“{0}” is at {1} now. Its key was given for {2} and was not taken along; it was forgotten.',
				present.name,
				present.origin,
				connection.origin,
			);
			void showInformation(message, setKey).then(
				chosen => chosen === setKey && vscode.commands.executeCommand('imgprompt.setApiKey', present.name),
			);
		}
		return present.name;
	}

	async #duplicate(connection: Connection): Promise<Next> {
		const { connections, editor, keys } = this.#ports;
		const taken = connections.takenNames;
		const answer = await askText({
			title: vscode.l10n.t('Duplicate “{0}”', connection.name),
			prompt: vscode.l10n.t('A name for the copy. Prompt files refer to it by this name.'),
			value: freeName(connection.name, taken),
			canGoBack: true,
			check: text => {
				const checked = taken.includes(text.trim())
					? ({ ok: false, failure: { kind: 'nameTaken', name: text.trim() } } as const)
					: editor.check(connection.name, { name: text.trim() });
				return checked.ok ? undefined : editProblemMessage(checked.failure);
			},
		});
		const withKey = answer.kind === 'answered' && (await keys.has(connection)) ? await askToCopyKey(connection) : false;
		if (answer.kind !== 'answered' || withKey === undefined) {
			return { to: 'actions', name: connection.name };
		}
		return listWith(await editor.duplicate(connection.name, answer.value.trim(), withKey), connection);
	}

	async #delete(connection: Connection): Promise<Next> {
		const { editor, keys } = this.#ports;
		const remove = vscode.l10n.t('Delete');
		const detail = (await keys.has(connection))
			? vscode.l10n.t('Its key is deleted too. Prompt files that name it will say that it does not exist. Pictures and runs stay.')
			: vscode.l10n.t('Prompt files that name it will say that it does not exist. Pictures and runs stay.');
		const chosen = await askModally(vscode.l10n.t('Delete the connection “{0}”?', connection.name), detail, remove);
		if (chosen !== remove) {
			return { to: 'actions', name: connection.name };
		}
		const removed = await editor.remove(connection.name);
		if (!removed.ok) {
			void showError(editProblemMessage(removed.failure));
		}
		return { to: 'list', name: connection.name };
	}
}

function listWith(done: Result<Edited, EditProblem>, former: Connection): Next {
	if (!done.ok) {
		void showError(editProblemMessage(done.failure));
	}
	return { to: 'list', name: done.ok ? done.value.connection.name : former.name };
}

async function askToCopyKey({ origin }: Connection): Promise<boolean | undefined> {
	const answer = await askChoice<boolean>({
		title: vscode.l10n.t('Copy the Key?'),
		placeholder: vscode.l10n.t('The copy is at the same address, {0}', origin),
		choices: [
			{ label: vscode.l10n.t('Without a key'), detail: vscode.l10n.t('The copy gets a key of its own, or none'), value: false },
			{ label: vscode.l10n.t('With the same key'), value: true },
		],
		canGoBack: true,
	});
	return answer.kind === 'answered' ? answer.value : undefined;
}
