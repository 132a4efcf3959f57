import * as vscode from 'vscode';
import { startImagesApiServer } from '../fakes/imagesApiServer';
import type { ImagesApiServer, ImagesApiServerOptions } from '../fakes/imagesApiServer';
import { canaryKey } from '../launch/lib/canary.mjs';
import { activatedExtension, setUserSetting } from './harness';

/** The connection of a user whose account is a fake Images API on loopback. */
export interface ConnectedApi {
	readonly server: ImagesApiServer;
	/** Forgets the connection and its key, and ends the server. */
	close(): Promise<void>;
}

/**
 * Starts a fake Images API and makes it the user's chosen connection `fake`, with its key where one is needed, by the same
 * settings and the same command that a user has.
 *
 * @param kind how the connection speaks; the server behaves like such a host
 * @param settings keys of the connection that differ from the simplest that works; for `azure` that is v1 with a key
 */
export async function connectToFakeApi(
	kind: 'openai' | 'azure' | 'compatible',
	options: ImagesApiServerOptions = {},
	settings: (server: ImagesApiServer) => Readonly<Record<string, unknown>> = () => ({}),
): Promise<ConnectedApi> {
	await activatedExtension();
	const keys = options.keys ?? (kind === 'compatible' ? [] : [canaryKey]);
	const server = await startImagesApiServer({ personality: kind, ...options, keys });
	const usual = { auth: kind === 'compatible' ? 'none' : 'apiKey', ...(kind === 'azure' ? { deployment: 'pictures' } : {}) };
	const connection = { name: 'fake', kind, baseUrl: server.baseUrl, model: 'gpt-image-2', ...usual, ...settings(server) };
	const { auth } = connection;
	await setUserSetting('imgprompt.connections', [connection]);
	await setUserSetting('imgprompt.connection', 'fake');
	if (auth === 'apiKey') {
		await vscode.commands.executeCommand('imgprompt.setApiKey', 'fake', keys[0]);
	}
	return {
		server,
		async close() {
			if (auth === 'apiKey') {
				await vscode.commands.executeCommand('imgprompt.clearApiKey', 'fake');
			}
			await setUserSetting('imgprompt.connection', undefined);
			await setUserSetting('imgprompt.connections', undefined);
			await server.close();
		},
	};
}
