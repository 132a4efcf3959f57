import * as net from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import * as tls from 'node:tls';
import { testCertificate } from './certificate';
import { momentOfDownload, momentOfUpload, type Fault, type Moment } from './chaos/faults';
import { PacedLink, writePaced } from './chaos/pacedLink';

/** What the proxy is to do, and to whom it tells what. */
export interface ChaosOrder {
	readonly fault: Fault;
	readonly moment: Moment;
	/** How many connections are struck; those that come later pass unharmed. */
	readonly times: number;
	/** A connection is made: nothing of the request has been read. */
	readonly onConnection?: () => void;
	/** Awaited before the fault strikes: so that what was delivered has arrived. `delivered`: see `ChaosProxy`. */
	readonly beforeStrike?: (delivered: Buffer) => Promise<void>;
	/** `timeout` has struck: nothing will ever come, until the client goes. */
	readonly onSilence?: () => void;
}

/**
 * A TCP proxy between a client and a fake API on loopback that does to connections what networks do. What it is ordered to do
 * strikes at bytes that it sees, never by the clock. With `https` it has the API's certificate and looks inside; the faults
 * strike below TLS all the same.
 */
export interface ChaosProxy {
	/** Origin, with the scheme of the API's. */
	readonly url: string;
	/** How often a fault struck. */
	readonly struck: number;
	/** Connections that the client has not closed. */
	readonly open: number;
	/** What the newest connection's client was given of the answer: HTTP in plain, as far as it was handed over. */
	readonly delivered: Buffer;
	/** Replaces the order; forgets what was. */
	order(order: ChaosOrder): Promise<void>;
	/** The client is about to try again. Matters while connections are refused (`reset` at `connect`). */
	nextAttempt(): Promise<void>;
	close(): Promise<void>;
}

/** Starts a proxy in front of `target`, an origin such as `https://127.0.0.1:40123`. It listens when the promise resolves. */
export async function startChaosProxy(target: string): Promise<ChaosProxy> {
	const proxy = new TcpChaosProxy(new URL(target));
	await proxy.listen();
	return proxy;
}

class TcpChaosProxy implements ChaosProxy {
	readonly #target: URL;
	readonly #passages = new Set<Passage>();
	#server: Server | undefined;
	#port = 0;
	#order: ChaosOrder | undefined;
	#newest: Passage | undefined;
	struck = 0;

	constructor(target: URL) {
		this.#target = target;
	}

	get url(): string {
		return `${this.#target.protocol}//127.0.0.1:${this.#port}`;
	}

	get open(): number {
		return this.#passages.size;
	}

	get delivered(): Buffer {
		return this.#newest?.delivered ?? Buffer.alloc(0);
	}

	async listen(): Promise<void> {
		const server = net.createServer({ allowHalfOpen: true }, socket => this.#pass(socket));
		this.#server = server;
		await new Promise<void>((resolve, reject) => {
			server.once('error', reject);
			server.listen(this.#port, '127.0.0.1', resolve);
		});
		this.#port = (server.address() as AddressInfo).port;
	}

	async order(order: ChaosOrder): Promise<void> {
		this.#order = order;
		this.#newest = undefined;
		this.struck = 0;
		await this.#refuseOrListen();
	}

	async nextAttempt(): Promise<void> {
		await this.#refuseOrListen();
	}

	async close(): Promise<void> {
		this.#passages.forEach(passage => passage.end());
		await this.#unlisten();
	}

	/** A system that refuses a connection answers with RST before anybody can look: so nobody may listen then. */
	async #refuseOrListen(): Promise<void> {
		const refuses = this.#order?.fault === 'reset' && this.#order.moment === 'connect' && this.struck < this.#order.times;
		if (refuses) {
			this.struck++;
			await this.#unlisten();
		} else if (!this.#server) {
			await this.listen();
		}
	}

	async #unlisten(): Promise<void> {
		const server = this.#server;
		this.#server = undefined;
		await new Promise<void>(resolve => (server ? server.close(() => resolve()) : resolve()));
	}

	#pass(socket: Socket): void {
		this.#order?.onConnection?.();
		const order = this.#order && this.struck < this.#order.times ? this.#order : undefined;
		const passage = new Passage(socket, this.#target, order, () => this.struck++);
		this.#newest = passage;
		this.#passages.add(passage);
		socket.once('close', () => this.#passages.delete(passage));
		void passage.run();
	}
}

/** One connection, from the client to the API. */
class Passage {
	readonly #socket: Socket;
	readonly #link: PacedLink;
	readonly #target: URL;
	readonly #order: ChaosOrder | undefined;
	readonly #onStrike: () => void;
	#delivered: Buffer[] = [];
	#upstream: Socket | undefined;
	#isStruck = false;
	#holdsEnd = false;

	constructor(socket: Socket, target: URL, order: ChaosOrder | undefined, onStrike: () => void) {
		this.#socket = socket;
		this.#link = new PacedLink(socket);
		this.#target = target;
		this.#order = order;
		this.#onStrike = onStrike;
		for (const stream of [socket, this.#link]) {
			stream.on('error', () => undefined); // torn connections are what the proxy is for
		}
		// Our client never closes one direction only: it is gone.
		socket.once('end', () => this.end());
		socket.once('close', () => this.end());
	}

	get delivered(): Buffer {
		return Buffer.concat(this.#delivered);
	}

	async run(): Promise<void> {
		if (this.#order?.moment === 'connect' && !(await this.#strike())) {
			return;
		}
		const isSecure = this.#target.protocol === 'https:';
		if (isSecure && this.#order?.moment === 'tlsHandshake') {
			await this.#link.heard;
			if (!(await this.#strike())) {
				return;
			}
		}
		const plain = isSecure ? secured(this.#link) : this.#link;
		plain.on('error', () => undefined);
		const upstream = connectTo(this.#target);
		this.#upstream = upstream;
		upstream.on('error', () => undefined);
		await Promise.all([this.#carryUp(plain, upstream), this.#carryDown(upstream, plain)]);
	}

	end(): void {
		this.#socket.destroy();
		this.#link.destroy();
		this.#upstream?.destroy();
	}

	async #carryUp(client: Duplex, upstream: Socket): Promise<void> {
		const pass = (bytes: Buffer) => writePaced(upstream, bytes, this.#link.pace);
		await this.#carry(client, momentOfUpload, pass);
	}

	async #carryDown(upstream: Socket, client: Duplex): Promise<void> {
		const pass = async (bytes: Buffer) => {
			await writePaced(client, bytes, undefined); // the link below has the pace
			this.#delivered.push(bytes);
		};
		if ((await this.#carry(upstream, momentOfDownload, pass)) && !this.#holdsEnd) {
			client.end();
		}
	}

	/** Resolves with `true` when `from` has ended, with `false` when a fault ended it. */
	async #carry(from: Duplex, find: typeof momentOfUpload, pass: (bytes: Buffer) => Promise<void>): Promise<boolean> {
		let seen = '';
		try {
			for await (const chunk of from.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
				const passed = seen.length;
				seen += chunk.toString('latin1');
				const at = this.#order && !this.#isStruck ? find(this.#order.moment, seen) : undefined;
				if (at === undefined) {
					await pass(chunk);
					continue;
				}
				const first = chunk.subarray(0, Math.max(0, at - passed));
				await pass(first);
				if (!(await this.#strike())) {
					return false;
				}
				await pass(chunk.subarray(first.length));
			}
			return true;
		} catch {
			return false; // one side is gone, and takes the other along
		}
	}

	/** `false`: nothing passes any more. */
	async #strike(): Promise<boolean> {
		const { fault, moment, beforeStrike, onSilence } = this.#order!;
		this.#isStruck = true;
		await beforeStrike?.(this.delivered);
		this.#onStrike();
		switch (fault) {
			case 'latency':
			case 'bandwidth':
			case 'slicer':
				this.#link.pace = fault;
				return true;
			case 'slowClose':
				this.#holdsEnd = true;
				return true;
			case 'timeout':
				if (moment === 'connect') {
					await this.#link.heard; // only then has the client noticed that it is connected
				}
				this.#link.deafen();
				onSilence?.();
				return false;
			case 'reset':
				this.#socket.resetAndDestroy();
				this.#upstream?.destroy();
				return false;
			case 'cut':
				this.#link.deafen();
				this.#socket.end();
				this.#upstream?.destroy();
				return false;
		}
	}
}

function secured(link: PacedLink): tls.TLSSocket {
	return new tls.TLSSocket(link, { isServer: true, secureContext: tls.createSecureContext(testCertificate) });
}

function connectTo({ hostname, port, protocol }: URL): Socket {
	const place = { host: hostname, port: Number(port) };
	return protocol === 'https:' ? tls.connect({ ...place, ca: testCertificate.cert }) : net.connect(place);
}
