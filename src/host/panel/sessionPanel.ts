import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { StoredPicture } from '../../core/run/ports';
import { answer } from '../../protocol/answer';
import type { ViewEvent } from '../../protocol/messages';
import { DisposableStore } from '../lifecycle';
import { panelHandlers } from './panelHandlers';
import { panelHtml } from './panelHtml';
import { panelState } from './panelState';
import type { PanelTexts } from './panelTexts';
import type { Session, SessionActions } from './session';
import { StatePusher } from './statePusher';

/** Where panels load from, and what their buttons do. */
export interface PanelSurroundings {
	/** Folder of the extension, with the page in `dist` and the tab's icon in `media`. */
	readonly extensionUri: vscode.Uri;
	/** Folder that holds one folder per run, named by the run's id. */
	readonly runsRoot: vscode.Uri;
	/** Folders on other disks, like `runsRoot`, with pictures that it could not take. */
	readonly refugeRoots?: readonly vscode.Uri[];
	readonly actions: SessionActions;
	reportError(error: unknown): void;
}

/** What every panel's webview may do: run our script and read our files, nothing of the workspace. */
export function webviewOptions({ extensionUri, runsRoot, refugeRoots = [] }: PanelSurroundings): vscode.WebviewOptions {
	return { enableScripts: true, enableForms: false, localResourceRoots: [pageRoot(extensionUri), runsRoot, ...refugeRoots] };
}

/** Folder of `webview.js` and `webview.css`. */
function pageRoot(extensionUri: vscode.Uri): vscode.Uri {
	return vscode.Uri.joinPath(extensionUri, 'dist');
}

/** The host's end of one panel: its page, the calls of the page, and the states that are pushed to it. */
export class SessionPanel implements vscode.Disposable {
	readonly session: Session;
	readonly panel: vscode.WebviewPanel;
	readonly #around: PanelSurroundings;
	readonly #texts: PanelTexts = { t: (message, ...values) => vscode.l10n.t(message, ...values), locale: vscode.env.language };
	readonly #disposables = new DisposableStore();
	readonly #pusher: StatePusher<ViewEvent>;
	#isDisposed = false;

	constructor(session: Session, panel: vscode.WebviewPanel, around: PanelSurroundings) {
		this.session = session;
		this.panel = panel;
		this.#around = around;
		this.#pusher = this.#disposables.add(
			new StatePusher<ViewEvent>({
				build: epoch => this.#stateChanged(epoch),
				isVisible: () => panel.visible,
				post: event => panel.webview.postMessage(event),
				defer: work => void setTimeout(work),
				reportError: error => around.reportError(error),
			}),
		);
		this.#disposables.add(session.onDidChange(() => this.#pusher.schedule()));
		this.#disposables.add(panel.onDidChangeViewState(() => this.#pusher.schedule()));
		this.#listenToPage();
		const icon = (theme: string): vscode.Uri => vscode.Uri.joinPath(around.extensionUri, 'media', `file-${theme}.svg`);
		panel.iconPath = { light: icon('light'), dark: icon('dark') };
		panel.webview.options = webviewOptions(around);
		panel.webview.html = this.#html();
	}

	dispose(): void {
		if (!this.#isDisposed) {
			this.#isDisposed = true;
			this.#disposables.dispose();
			this.panel.dispose();
		}
	}

	#listenToPage(): void {
		const { webview } = this.panel;
		const handlers = panelHandlers(this.session, this.#around.actions, {
			onReady: () => this.#pusher.schedule(),
			writeClipboard: text => vscode.env.clipboard.writeText(text),
			texts: this.#texts,
		});
		this.#disposables.add(
			webview.onDidReceiveMessage(async (message: unknown) => {
				const reply = await answer(handlers, message, error => this.#around.reportError(error));
				if (reply && !this.#isDisposed) {
					await webview.postMessage(reply);
				}
			}),
		);
	}

	async #stateChanged(epoch: number): Promise<ViewEvent> {
		const { snapshot } = this.session;
		const uris = await this.#pictureUris(snapshot.run?.record.runId, [
			...(snapshot.run?.record.partials.slice(-1) ?? []),
			...(snapshot.run?.record.pictures ?? []),
		]);
		if (!this.#isDisposed && this.panel.title !== snapshot.title) {
			this.panel.title = snapshot.title;
		}
		const pictureUri = (picture: StoredPicture): string | undefined => uris.get(picture.fileName);
		const inputs = { epoch, now: Date.now(), texts: this.#texts, pictureUri, assetName: relativeName };
		return { type: 'stateChanged', state: panelState(snapshot, inputs) };
	}

	/** Display addresses of those files that exist. */
	async #pictureUris(runId: string | undefined, pictures: readonly StoredPicture[]): Promise<ReadonlyMap<string, string>> {
		const { runsRoot, refugeRoots = [] } = this.#around;
		const found = await Promise.all(
			pictures.map(async ({ fileName, rescuedTo }) => {
				const roots = rescuedTo === undefined ? [runsRoot] : [runsRoot, ...refugeRoots];
				for (const file of roots.map(root => vscode.Uri.joinPath(root, runId ?? '', fileName))) {
					if ((await exists(file)) && !this.#isDisposed) {
						return [[fileName, this.panel.webview.asWebviewUri(file).toString()] as const];
					}
				}
				return [];
			}),
		);
		return new Map(found.flat());
	}

	#html(): string {
		const { webview } = this.panel;
		const root = pageRoot(this.#around.extensionUri);
		const address = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(root, name)).toString();
		return panelHtml({
			language: vscode.env.language,
			cspSource: webview.cspSource,
			nonce: randomBytes(16).toString('base64url'),
			scriptUri: address('webview.js'),
			styleUri: address('webview.css'),
			sessionId: this.session.id,
		});
	}
}

async function exists(file: vscode.Uri): Promise<boolean> {
	try {
		return (await vscode.workspace.fs.stat(file)).type === vscode.FileType.File;
	} catch {
		// `stat` has no other way to say «not there».
		return false;
	}
}

function relativeName(asset: string): string {
	return vscode.workspace.asRelativePath(asset.includes('://') ? vscode.Uri.parse(asset) : vscode.Uri.file(asset));
}
