import * as vscode from 'vscode';
import type { Connection } from '../../core/connection/connection';
import { promptFromValues } from '../../core/prompt/promptFromValues';
import { assertNever } from '../../core/result';
import type { ConnectionReport } from '../../core/run/ports';
import type { PromptPlans } from '../language/promptPlans';
import { azurePortalOf } from '../generation/hostPages';
import { showError, showInformation } from '../notice/notice';
import { openPage } from '../notice/openPage';
import type { ConnectionEditor } from './connectionEditor';
import { patchOf, type ConnectionMend } from './connectionMend';
import type { ConnectionTest } from './connectionTest';
import { testOutcome, type TestHelp, type TestOutcome } from './testOutcome';
import { testPictureOf, testPicturePrice } from './testPicture';

/** Tests a connection before the eyes of a person, and offers what helps: a free check first, a paid picture only when it is asked for. */
export class TestDialog {
	readonly #test: ConnectionTest;
	readonly #editor: ConnectionEditor;
	readonly #plans: PromptPlans;
	readonly #reportError: (error: unknown) => void;

	/** `reportError` hears what goes wrong after the test has ended, when a button of its notification is pressed. */
	constructor(test: ConnectionTest, editor: ConnectionEditor, plans: PromptPlans, reportError: (error: unknown) => void) {
		this.#test = test;
		this.#editor = editor;
		this.#plans = plans;
		this.#reportError = reportError;
	}

	/** Checks without showing anything: what code gets. */
	async check(connection: Connection, signal: AbortSignal): Promise<ConnectionReport> {
		return this.#test.run(connection, signal);
	}

	/** Checks with progress that can be cancelled, then says in one notification how it went. Returns before that is answered. */
	async run(connection: Connection): Promise<ConnectionReport> {
		const { report, isCancelled } = await this.#test.runWithProgress(connection);
		if (!isCancelled) {
			this.#show(connection, testOutcome(connection, report)).catch(this.#reportError);
		}
		return report;
	}

	/** What a test picture costs, such as `≈ $0.006`; `undefined`: this connection can make none. */
	priceOfPicture(connection: Connection): string | undefined {
		return connection.kind === 'sandbox'
			? undefined
			: testPicturePrice(this.#plans.planPrompt(this.#pictureOf(connection).document).outcome);
	}

	/** Makes a test picture the way in which every picture is made: with the panel, the ledger and the budget. It costs. */
	async makePicture(connection: Connection): Promise<void> {
		await vscode.commands.executeCommand('imgprompt.generateFromInput', this.#pictureOf(connection).values, { interactive: true });
	}

	/** Writes the change that a host's answer calls for into the user's entry. `undefined`: it does not apply any more. */
	async mend(connection: Connection, mend: ConnectionMend): Promise<Connection | undefined> {
		const patch = patchOf(mend, connection);
		const changed = patch && (await this.#editor.change(connection.name, patch));
		return changed?.ok ? changed.value.connection : undefined;
	}

	/** The same, and says what is different now. Nothing is sent. */
	async mendAndTell(connection: Connection, mend: ConnectionMend): Promise<void> {
		const mended = await this.mend(connection, mend);
		if (mended) {
			const what = mend === 'otherScope' ? `scope = ${mended.scope ?? ''}` : `api = ${mended.api ?? ''}`;
			void showInformation(vscode.l10n.t('“{0}” was changed: {1}. Generate again to use it.', mended.name, what));
		}
	}

	#pictureOf(connection: Connection) {
		const { capability } = this.#plans.planPrompt(
			promptFromValues({ prompt: 'x', connection: connection.name, ...(connection.model === '' ? {} : { model: connection.model }) }),
		);
		const values = testPictureOf(connection, capability);
		return { values, document: promptFromValues(values) };
	}

	async #show(connection: Connection, outcome: TestOutcome): Promise<void> {
		if (outcome.kind === 'passed') {
			await this.#showPassed(connection, outcome);
			return;
		}
		const showLog = vscode.l10n.t('Show Log');
		const label = outcome.help && helpLabel(outcome.help);
		const chosen = await showError(failedMessage(connection, outcome), ...(label === undefined ? [showLog] : [label, showLog]));
		if (chosen === showLog) {
			await vscode.commands.executeCommand('imgprompt.showLog');
		} else if (chosen !== undefined && outcome.help) {
			await this.#help(connection, outcome.help);
		}
	}

	async #showPassed(connection: Connection, { layers, untested }: Extract<TestOutcome, { kind: 'passed' }>): Promise<void> {
		const price = this.priceOfPicture(connection);
		const makePicture = price === undefined ? undefined : vscode.l10n.t('Make a Test Picture ({0})', price);
		const works = vscode.l10n.t('“{0}” works. Checked: {1}.', connection.name, layers.join(', '));
		const message = untested === undefined ? works : `${works} ${untested}`;
		const chosen = await showInformation(message, ...(makePicture === undefined ? [] : [makePicture]));
		if (chosen !== undefined) {
			await this.makePicture(connection);
		}
	}

	async #help(connection: Connection, help: TestHelp): Promise<void> {
		switch (help) {
			case 'setKey':
				await vscode.commands.executeCommand('imgprompt.setApiKey', connection.name);
				return;
			case 'signIn':
				await vscode.commands.executeCommand('imgprompt.signIn', connection.name);
				return;
			case 'manageConnections':
				await vscode.commands.executeCommand('imgprompt.manageConnections');
				return;
			case 'openPortal':
				return openPage(azurePortalOf(connection.origin));
			case 'manageTrust':
				await vscode.commands.executeCommand('workbench.trust.manage');
				return;
			case 'previewApi':
			case 'v1Api':
			case 'otherScope': {
				const mended = await this.mend(connection, help);
				await (mended && this.run(mended));
				return;
			}
			default:
				return assertNever(help);
		}
	}
}

function failedMessage({ name }: Connection, { layers, layer, reason }: Extract<TestOutcome, { kind: 'failed' }>): string {
	const failed =
		layer === undefined
			? vscode.l10n.t('“{0}” does not work yet. {1}', name, reason)
			: vscode.l10n.t('“{0}” does not work yet. {1}: {2}', name, layer, reason);
	return layers.length === 0 ? failed : vscode.l10n.t('{0} (Passed before that: {1}.)', failed, layers.join(', '));
}

function helpLabel(help: TestHelp): string {
	switch (help) {
		case 'setKey':
			return vscode.l10n.t('Set API Key');
		case 'signIn':
			return vscode.l10n.t('Sign In');
		case 'manageConnections':
			return vscode.l10n.t('Manage Connections');
		case 'openPortal':
			return vscode.l10n.t('Open Azure Portal');
		case 'manageTrust':
			return vscode.l10n.t('Manage Workspace Trust');
		case 'previewApi':
			return vscode.l10n.t('Use api-version=preview');
		case 'v1Api':
			return vscode.l10n.t('Use v1');
		case 'otherScope':
			return vscode.l10n.t('Use the Other Scope');
		default:
			return assertNever(help);
	}
}
