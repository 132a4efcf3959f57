import * as vscode from 'vscode';
import { assertNever } from '../../core/result';
import { isUndecided } from '../../core/run/isUndecided';
import type { RunRecord, RunStore } from '../../core/run/records';
import { pagesOf } from '../generation/hostPages';
import { DisposableStore } from '../lifecycle';
import { openPage } from '../notice/openPage';
import { withoutIcons } from '../notice/plainText';
import { historyRows, type HistoryAction, type HistoryRows } from './historyRow';
import type { RunDecisions } from './runDecisions';
import type { UndecidedRuns } from './undecidedRuns';

/** So many of the newest runs are read before the list is shown, and in all. */
const firstRuns = 50;
const mostRuns = 1000;

/** What the list needs. */
export interface HistoryPorts {
	readonly runs: RunStore;
	readonly undecided: UndecidedRuns;
	readonly decisions: RunDecisions;
	/** Opens the panel with a run. */
	open(runId: string): Promise<void>;
	/** Shows where the pictures of a run lie. */
	reveal(record: RunRecord): Promise<void>;
	reportError(error: unknown): void;
}

interface ActionButton extends vscode.QuickInputButton {
	readonly action: HistoryAction;
}

interface RunItem extends vscode.QuickPickItem {
	/** Absent in a separator. */
	readonly record?: RunRecord;
	readonly buttons?: readonly ActionButton[];
}

/** The list of runs, undecided ones first. Lives from `show` until the list is closed. */
export class HistoryPick {
	readonly #ports: HistoryPorts;
	readonly #pick = vscode.window.createQuickPick<RunItem>();
	readonly #disposables = new DisposableStore();
	readonly #rows = historyRows({ t: (message, ...values) => vscode.l10n.t(message, ...values), locale: vscode.env.language });
	/** Newer than what was read of them. */
	readonly #changed = new Map<string, RunRecord>();
	#latest: readonly RunRecord[];
	/** The run whose row is to be active, until a person goes elsewhere. */
	readonly #wanted: string | undefined;
	#isClosed = false;

	/** `latest`: the newest runs, to begin with; `wanted`: the one whose row is active. */
	constructor(latest: readonly RunRecord[], ports: HistoryPorts, wanted?: string) {
		this.#ports = ports;
		this.#latest = latest;
		this.#wanted = wanted;
		this.#disposables.add(this.#pick);
		this.#pick.title = vscode.l10n.t('Image Prompt: History');
		this.#pick.placeholder = vscode.l10n.t('Search by words of the prompt, connection, date or outcome');
		this.#pick.matchOnDetail = true;
		this.#pick.keepScrollPosition = true;
		// Whoever looks at the usage page and comes back decides in the list; and a panel may take the focus as the palette closes.
		this.#pick.ignoreFocusOut = true;
		this.#listen();
	}

	/** Shows what is known at once, and reads the rest behind it. */
	show(): void {
		this.#render();
		this.#pick.busy = true;
		this.#pick.show();
		void this.#attempt(async () => {
			await this.#ports.undecided.refresh();
			this.#latest = await this.#ports.runs.list(mostRuns);
			this.#render();
			this.#pick.busy = false;
		});
	}

	#listen(): void {
		const { undecided, decisions } = this.#ports;
		this.#disposables.add(
			this.#pick.onDidHide(() => {
				this.#isClosed = true;
				this.#disposables.dispose();
			}),
		);
		this.#disposables.add(this.#pick.onDidAccept(() => void this.#attempt(() => this.#openSelected())));
		this.#disposables.add(
			this.#pick.onDidTriggerItemButton(({ item: { record, buttons }, button }) => {
				const action = buttons?.find(each => each === button)?.action;
				if (record && action) {
					void this.#attempt(() => this.#act(record, action));
				}
			}),
		);
		this.#disposables.add(undecided.onDidChange(() => this.#render()));
		this.#disposables.add(
			decisions.onDidChange(changed => {
				this.#changed.set(changed.runId, changed);
				this.#render();
			}),
		);
	}

	async #openSelected(): Promise<void> {
		const [item] = this.#pick.selectedItems;
		if (item?.record) {
			this.#pick.hide();
			await this.#ports.open(item.record.runId);
		}
	}

	async #act(record: RunRecord, action: HistoryAction): Promise<void> {
		const { decisions } = this.#ports;
		switch (action) {
			case 'openUsagePage':
				return openPage(pagesOf(record.hostKind, record.host)?.usage);
			case 'dismiss':
				await decisions.dismiss(record.runId);
				this.#showAnew(record.runId);
				return;
			case 'star':
			case 'unstar':
				await decisions.star(record.runId, action === 'star');
				this.#showAnew(record.runId);
				return;
			case 'reveal':
				this.#pick.hide();
				return this.#ports.reveal(record);
			default:
				return assertNever(action);
		}
	}

	/** The row that was active stays active, wherever it is now. */
	#render(): void {
		const active = this.#pick.activeItems[0]?.record?.runId ?? this.#wanted;
		const newest = (record: RunRecord): RunRecord => this.#changed.get(record.runId) ?? record;
		const open = this.#ports.undecided.current.map(newest).filter(isUndecided);
		const others = this.#latest.map(newest).filter(({ runId }) => !open.some(each => each.runId === runId));
		this.#pick.items = [
			...group(vscode.l10n.t('May have been billed: decide'), open, this.#rows),
			...group(vscode.l10n.t('Latest'), others, this.#rows),
		];
		const again = this.#pick.items.filter(({ record }) => record && record.runId === active);
		if (again.length > 0) {
			this.#pick.activeItems = again;
		}
	}

	/** The button that was pressed went with the row it stood in, and the focus with it: only a list that is new gets it back. */
	#showAnew(wanted: string): void {
		if (this.#isClosed) {
			return;
		}
		const latest = this.#latest.map(record => this.#changed.get(record.runId) ?? record);
		const list = new HistoryPick(latest, this.#ports, wanted);
		list.#pick.value = this.#pick.value;
		list.show();
	}

	async #attempt(work: () => Promise<void>): Promise<void> {
		try {
			await work();
		} catch (error) {
			// The border: nobody waits for what a person does in the list.
			this.#ports.reportError(error);
		}
	}
}

function group(label: string, records: readonly RunRecord[], rows: HistoryRows): readonly RunItem[] {
	const separator = { label, kind: vscode.QuickPickItemKind.Separator };
	return records.length === 0 ? [] : [separator, ...records.map(record => itemOf(record, rows))];
}

function itemOf(record: RunRecord, rows: HistoryRows): RunItem {
	const row = rows.rowOf(record, pagesOf(record.hostKind)?.usage !== undefined);
	return {
		record,
		label: `$(${row.icon}) ${row.isStarred ? '$(star-full) ' : ''}${withoutIcons(row.words)}`,
		// The words fill the line above it, and what a description has is cut off there.
		detail: withoutIcons([row.outcome, row.origin].filter(part => part !== '').join(' · ')),
		buttons: row.actions.map(buttonOf),
	};
}

function buttonOf(action: HistoryAction): ActionButton {
	const button = (icon: string, tooltip: string): ActionButton => ({ action, iconPath: new vscode.ThemeIcon(icon), tooltip });
	switch (action) {
		case 'openUsagePage':
			return button('link-external', vscode.l10n.t('Open Usage Page'));
		case 'dismiss':
			return button('check', vscode.l10n.t('Dismiss'));
		case 'star':
			return button('star-empty', vscode.l10n.t('Star: keep it however old it gets'));
		case 'unstar':
			return button('star-full', vscode.l10n.t('Remove Star'));
		case 'reveal':
			return button('folder-opened', vscode.l10n.t('Reveal'));
		default:
			return assertNever(action);
	}
}

/** Shows the list of runs, or says that there are none. Resolves when something is on the screen. */
export async function showHistory(ports: HistoryPorts, sayEmpty: () => void): Promise<void> {
	const latest = await ports.runs.list(firstRuns);
	if (latest.length === 0) {
		sayEmpty();
		return;
	}
	new HistoryPick(latest, ports).show();
}
