import * as vscode from 'vscode';
import type { Connection, HostKind } from '../../core/connection/connection';
import type { RunFailure } from '../../core/run/failure';
import type { ConnectionReport, ImageProvider } from '../../core/run/ports';
import { withAbortSignal } from '../abort';
import type { Connections } from './connections';
import type { SignInOptions } from './microsoftAccounts';

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

	/** `isInteractive`: a person is there and may be asked to sign in. */
	async run(connection: Connection, signal: AbortSignal, isInteractive = false): Promise<ConnectionReport> {
		const report = await this.#check(connection, { signal, isInteractive });
		for (const { layer, isOk, detail } of report.checks) {
			this.#log.info(`Connection "${connection.name}": ${layer} ${isOk ? 'ok' : 'failed'}: ${detail}`);
		}
		if (report.untested !== undefined) {
			this.#log.info(`Connection "${connection.name}": not tested: ${report.untested}`);
		}
		if (report.failure) {
			this.#log.warn(`Connection "${connection.name}": ${report.failure.message}`);
		}
		return report;
	}

	/** Runs with progress that a person can cancel. */
	async runWithProgress(connection: Connection): Promise<{ readonly report: ConnectionReport; readonly isCancelled: boolean }> {
		const title = vscode.l10n.t('Testing “{0}”', connection.name);
		const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
		return vscode.window.withProgress(options, (_progress, token) =>
			withAbortSignal(token, async signal => ({
				report: await this.run(connection, signal, true),
				isCancelled: token.isCancellationRequested,
			})),
		);
	}

	async #check(connection: Connection, options: SignInOptions): Promise<ConnectionReport> {
		if (!vscode.workspace.isTrusted) {
			const message = vscode.l10n.t('This workspace is not trusted, so nothing was sent. Trust it to test connections.');
			return failedReport(vscode.l10n.t('Workspace trust'), {
				kind: 'notPermitted',
				code: 'untrustedWorkspace',
				message,
			});
		}
		const credential = await this.#connections.credentialFor(connection, options);
		if (!credential.ok) {
			return failedReport(connection.auth === 'apiKey' ? vscode.l10n.t('Key') : vscode.l10n.t('Sign-in'), credential.failure);
		}
		const report = await this.#providerFor(connection.kind).test(connection, credential.value, options.signal);
		this.#connections.settle(connection, credential.value, report.failure);
		return report;
	}
}

function failedReport(layer: string, failure: RunFailure): ConnectionReport {
	return { checks: [{ layer, isOk: false, detail: failure.message }], failure };
}
