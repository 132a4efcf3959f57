import * as vscode from 'vscode';
import type { Connection, HostKind } from '../../core/connection/connection';
import type { RunFailure } from '../../core/run/failure';
import type { ConnectionReport, ImageProvider } from '../../core/run/ports';
import { withAbortSignal } from '../abort';
import { reportUnexpected } from '../commands/registry';
import type { Connections } from './connections';
import { showError, showInformation } from '../notice/notice';

/** Checks whether a connection would work, layer by layer, without asking for a picture. */
export class ConnectionTest {
	readonly #connections: Connections;
	readonly #providerFor: (kind: HostKind) => ImageProvider;
	readonly #log: vscode.LogOutputChannel;

	constructor(connections: Connections, providerFor: (kind: HostKind) => ImageProvider, log: vscode.LogOutputChannel) {
		this.#connections = connections;
		this.#providerFor = providerFor;
		this.#log = log;
	}

	async run(connection: Connection, signal: AbortSignal): Promise<ConnectionReport> {
		const report = await this.#check(connection, signal);
		for (const { layer, isOk, detail } of report.checks) {
			this.#log.info(`Connection "${connection.name}": ${layer} ${isOk ? 'ok' : 'failed'}: ${detail}`);
		}
		if (report.failure) {
			this.#log.warn(`Connection "${connection.name}": ${report.failure.message}`);
		}
		return report;
	}

	/** Runs with progress that can be cancelled, then says in one notification how it went. */
	async runAndShow(connection: Connection): Promise<ConnectionReport> {
		const title = vscode.l10n.t('Testing “{0}”', connection.name);
		const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
		const { report, isCancelled } = await vscode.window.withProgress(options, (_progress, token) =>
			withAbortSignal(token, async signal => ({
				report: await this.run(connection, signal),
				isCancelled: token.isCancellationRequested,
			})),
		);
		if (!isCancelled) {
			showReport(connection, report).catch((error: unknown) => reportUnexpected(error, this.#log));
		}
		return report;
	}

	async #check(connection: Connection, signal: AbortSignal): Promise<ConnectionReport> {
		if (!vscode.workspace.isTrusted) {
			const message = vscode.l10n.t('This workspace is not trusted, so nothing was sent. Trust it to test connections.');
			return failedReport(vscode.l10n.t('Workspace trust'), { kind: 'notPermitted', message });
		}
		const credential = await this.#connections.credentialFor(connection);
		return credential.ok
			? this.#providerFor(connection.kind).test(connection, credential.value, signal)
			: failedReport(vscode.l10n.t('Key'), credential.failure);
	}
}

function failedReport(layer: string, failure: RunFailure): ConnectionReport {
	return { checks: [{ layer, isOk: false, detail: failure.message }], failure };
}

async function showReport(connection: Connection, report: ConnectionReport): Promise<void> {
	const failed = report.checks.find(({ isOk }) => !isOk);
	if (!failed && !report.failure) {
		const layers = report.checks.map(({ layer }) => layer).join(', ');
		await showInformation(vscode.l10n.t('“{0}” works. Checked: {1}.', connection.name, layers));
		return;
	}
	const reason = report.failure?.message ?? failed?.detail ?? '';
	const message = failed
		? vscode.l10n.t('“{0}” does not work yet. {1}: {2}', connection.name, failed.layer, reason)
		: vscode.l10n.t('“{0}” does not work yet. {1}', connection.name, reason);
	const setKey = vscode.l10n.t('Set API Key');
	const showLog = vscode.l10n.t('Show Log');
	const isAboutKey = report.failure?.kind === 'notConfigured' || report.failure?.kind === 'notSignedIn';
	const chosen = await showError(message, ...(isAboutKey && connection.auth === 'apiKey' ? [setKey, showLog] : [showLog]));
	if (chosen === setKey) {
		await vscode.commands.executeCommand('imgprompt.setApiKey', connection.name);
	} else if (chosen === showLog) {
		await vscode.commands.executeCommand('imgprompt.showLog');
	}
}
