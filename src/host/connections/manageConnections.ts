import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection';
import { withoutIcons } from '../notice/plainText';
import { authState } from './authState';
import { ConnectionActions, type ManagePorts, type Next } from './manageActions';
import { describeConnection } from './describeConnection';
import { openConnectionSettings } from './openConnectionSettings';
import { askChoice, type Choice } from './quickSteps';

/** What was chosen in the list of connections. */
type Chosen = { readonly kind: 'connection'; readonly name: string } | { readonly kind: 'broken' } | { readonly kind: 'add' };

/** Lists the connections and does with them what a person chooses. Escape goes one level back. */
export class ConnectionManager {
	readonly #ports: ManagePorts;
	readonly #actions: ConnectionActions;

	constructor(ports: ManagePorts) {
		this.#ports = ports;
		this.#actions = new ConnectionActions(ports);
	}

	/** Resolves when the person went away, or an action led elsewhere. */
	async manage(): Promise<void> {
		let active: string | undefined;
		for (;;) {
			const chosen = await this.#askConnection(active);
			if (chosen?.kind !== 'connection') {
				await (chosen?.kind === 'add' ? this.#ports.wizard.addConnection() : chosen && openConnectionSettings());
				return;
			}
			const next = await this.#manageOne(chosen.name);
			if (next.to === 'elsewhere') {
				return;
			}
			active = next.name;
		}
	}

	/** Shows what can be done with a connection until that leads back to the list, or elsewhere. */
	async #manageOne(name: string): Promise<Next> {
		let next: Next = { to: 'actions', name };
		while (next.to === 'actions') {
			const connection = this.#ports.connections.find(next.name);
			next = connection ? await this.#actions.ask(connection) : { to: 'list', name: next.name };
		}
		return next;
	}

	async #askConnection(active: string | undefined): Promise<Chosen | undefined> {
		const { connections, editor } = this.#ports;
		const usable = await Promise.all(connections.list().map(connection => this.#choiceOf(connection)));
		const broken = editor.list().flatMap((each): readonly Choice<Chosen>[] => (each.kind === 'broken' ? [brokenChoice(each)] : []));
		const last = usable.find(({ value }) => value.kind === 'connection' && value.name === active);
		const answer = await askChoice<Chosen>({
			title: vscode.l10n.t('Manage Connections'),
			placeholder: vscode.l10n.t('Which connection?'),
			choices: [...usable, ...broken, { label: vscode.l10n.t('$(add) Add a connection…'), value: { kind: 'add' } }],
			...(last ? { active: last.value } : {}),
		});
		return answer.kind === 'answered' ? answer.value : undefined;
	}

	async #choiceOf(connection: Connection): Promise<Choice<Chosen>> {
		const { connections, keys, accounts } = this.#ports;
		const inForce = connections.choose();
		const state = withoutIcons(await authState(connection, keys, accounts));
		const isInForce = inForce.kind === 'found' && inForce.connection.name === connection.name;
		return {
			label: withoutIcons(connection.name),
			description: withoutIcons(describeConnection(connection)),
			detail: isInForce ? vscode.l10n.t('$(check) Used by default · {0}', state) : state,
			value: { kind: 'connection', name: connection.name },
		};
	}
}

function brokenChoice({
	name,
	index,
	reason,
}: {
	readonly name?: string;
	readonly index: number;
	readonly reason: string;
}): Choice<Chosen> {
	return {
		label: `$(warning) ${withoutIcons(name ?? (index < 0 ? 'imgprompt.connections' : vscode.l10n.t('Entry {0}', index + 1)))}`,
		description: vscode.l10n.t('can’t be used · Open Settings'),
		// The row says already which entry it is.
		detail: withoutIcons(reason.replace(/^Connection (?:\d+|".*?"): /, '')),
		value: { kind: 'broken' },
	};
}
