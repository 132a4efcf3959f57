import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { panelHtml } from '../../src/host/panel/panelHtml';
import { sceneSvg } from './scene';

/** Serves the panel's page as VS Code would, under the same policy, from loopback. */
export class GalleryServer {
	readonly #server: Server;
	readonly #pageFolder: string;

	/** `pageFolder` holds `webview.js` and `webview.css`. */
	constructor(pageFolder: string) {
		this.#pageFolder = pageFolder;
		this.#server = createServer((request, response) => {
			void this.#contentOf(request.url ?? '/').then(({ type, body }) => {
				response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': type, 'Cache-Control': 'no-store' });
				response.end(body);
			});
		});
	}

	get origin(): string {
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	async start(): Promise<void> {
		await new Promise<void>(resolve => this.#server.listen(0, '127.0.0.1', resolve));
	}

	async stop(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise(resolve => this.#server.close(resolve));
	}

	async #contentOf(url: string): Promise<{ type: string; body?: string | Buffer }> {
		const picture = /^\/pictures\/(?:partial-)?(\d+)\.png$/.exec(url);
		if (picture) {
			return { type: 'image/svg+xml', body: sceneSvg(Number(picture[1])) };
		}
		switch (url) {
			case '/':
				return { type: 'text/html', body: this.#page() };
			case '/webview.js':
				return { type: 'text/javascript', body: await readFile(join(this.#pageFolder, 'webview.js')) };
			case '/webview.css':
				return { type: 'text/css', body: await readFile(join(this.#pageFolder, 'webview.css')) };
			default:
				return { type: 'text/plain' };
		}
	}

	#page(): string {
		return panelHtml({
			language: 'en',
			cspSource: this.origin,
			nonce: randomBytes(16).toString('base64url'),
			scriptUri: `${this.origin}/webview.js`,
			styleUri: `${this.origin}/webview.css`,
			sessionId: 'gallery',
		});
	}
}
