import * as http from 'http';
import type { IncomingMessage } from 'http';
import { connect, Socket, type AddressInfo } from 'node:net';
import * as tls from 'node:tls';
import type { Duplex } from 'node:stream';

export interface ConnectProxyOptions {
	readonly user: string;
	readonly password: string;
}

/**
 * A proxy on loopback that lets through whom it knows (Basic), to hosts whose names it alone can resolve. With `inspectAs` it opens
 * what is encrypted, as organisations do that look into their own traffic: the caller is shown this certificate.
 */
export interface ConnectProxy {
	readonly port: number;
	/** Every CONNECT, oldest first: the host and what became of it. */
	readonly asked: readonly { readonly target: string; readonly answer: 200 | 407 | 502 }[];
	/** What was read of decrypted requests. */
	readonly inspected: string;
	/** Where a name and port, such as `images.test:443`, leads to: a port of loopback. */
	route(target: string, port: number): void;
	inspectAs(identity: { readonly cert: string; readonly key: string } | undefined): void;
	/** Forgets what was asked. */
	reset(): void;
	close(): Promise<void>;
}

/** Starts a proxy; it listens when the promise resolves. */
export async function startConnectProxy(options: ConnectProxyOptions): Promise<ConnectProxy> {
	const proxy = new FakeProxy(options);
	await proxy.listen();
	return proxy;
}

class FakeProxy implements ConnectProxy {
	readonly #expected: string;
	readonly #server = http.createServer((_request, response) => response.writeHead(405).end());
	readonly #sockets = new Set<Duplex>();
	readonly #routes = new Map<string, number>();
	#identity: { readonly cert: string; readonly key: string } | undefined;
	#asked: { readonly target: string; readonly answer: 200 | 407 | 502 }[] = [];
	#inspected: Buffer[] = [];

	constructor({ user, password }: ConnectProxyOptions) {
		this.#expected = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
		this.#server.on('connection', (socket: Socket) => this.#keep(socket));
		this.#server.on('connect', (request: IncomingMessage, socket: Duplex, head: Buffer) => this.#connect(request, socket, head));
	}

	get port(): number {
		return (this.#server.address() as AddressInfo).port;
	}

	get asked() {
		return this.#asked;
	}

	get inspected(): string {
		return Buffer.concat(this.#inspected).toString('latin1');
	}

	listen(): Promise<void> {
		return new Promise((resolve, reject) => {
			this.#server.once('error', reject);
			this.#server.listen(0, '127.0.0.1', resolve);
		});
	}

	route(target: string, port: number): void {
		this.#routes.set(target, port);
	}

	inspectAs(identity: { readonly cert: string; readonly key: string } | undefined): void {
		this.#identity = identity;
	}

	reset(): void {
		this.#asked = [];
		this.#inspected = [];
		this.#identity = undefined;
	}

	async close(): Promise<void> {
		const closed = new Promise<void>(resolve => this.#server.close(() => resolve()));
		this.#sockets.forEach(socket => socket.destroy());
		await closed;
	}

	#connect(request: IncomingMessage, socket: Duplex, head: Buffer): void {
		const target = request.url ?? '';
		const port = this.#routes.get(target);
		const isKnown = request.headers['proxy-authorization'] === this.#expected;
		const answer = isKnown ? (port === undefined ? 502 : 200) : 407;
		this.#asked.push({ target, answer });
		if (answer === 407) {
			socket.end('HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm="test"\r\nContent-Length: 0\r\n\r\n');
		} else if (port === undefined) {
			socket.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n');
		} else {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			socket.unshift(head);
			this.#forward(socket, port, target.slice(0, target.lastIndexOf(':')));
		}
	}

	#forward(caller: Duplex, port: number, servername: string): void {
		if (!this.#identity) {
			const host = this.#keep(connect(port, '127.0.0.1'));
			caller.pipe(host).pipe(caller);
			return;
		}
		if (!(caller instanceof Socket)) {
			throw new Error('Node hands a caller over as the socket that it is.');
		}
		const opened = this.#keep(new tls.TLSSocket(caller, { isServer: true, ...this.#identity }));
		// It answers for the host itself, so that nobody but it has to trust the host.
		const host = this.#keep(tls.connect({ port, host: '127.0.0.1', servername, rejectUnauthorized: false }));
		opened.on('data', (bytes: Buffer) => this.#inspected.push(bytes));
		opened.pipe(host).pipe(opened);
	}

	#keep<T extends Duplex>(socket: T): T {
		this.#sockets.add(socket);
		socket.on('error', () => undefined); // either side may break off at any time
		socket.once('close', () => this.#sockets.delete(socket));
		return socket;
	}
}
