import { createServer, type AddressInfo, type Socket } from 'node:net';
import { canaryKey, holdsPartOf } from '../launch/lib/canary.mjs';

/** Somebody else's host: keeps every byte that reaches it, whatever it is meant to be, and pretends to be an Images API. */
export interface Listener {
	readonly port: number;
	/** Origin, such as `http://127.0.0.1:40123`. */
	readonly url: string;
	/** How many connections were opened to it. */
	readonly calls: number;
	/** All that it heard. */
	readonly heard: string;
	/** Whether it heard any part of the key of the tests, however encoded. */
	readonly heardKey: boolean;
	close(): Promise<void>;
}

const answer = JSON.stringify({ object: 'list', data: [{ id: 'gpt-image-2', b64_json: '' }] });

/** Starts a listener on a free port of loopback. */
export async function startListener(): Promise<Listener> {
	const heard: Buffer[] = [];
	const sockets = new Set<Socket>();
	let calls = 0;
	const server = createServer(socket => {
		calls++;
		sockets.add(socket);
		socket.on('error', () => undefined); // who calls may hang up at any time
		socket.once('close', () => sockets.delete(socket));
		socket.on('data', (chunk: Buffer) => {
			heard.push(chunk);
			if (chunk.includes('\r\n\r\n')) {
				socket.end(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${answer.length}\r\n\r\n${answer}`);
			}
		});
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		port,
		url: `http://127.0.0.1:${port}`,
		get calls() {
			return calls;
		},
		get heard() {
			return Buffer.concat(heard).toString('latin1');
		},
		get heardKey() {
			return holdsPartOf(canaryKey, Buffer.concat(heard));
		},
		async close() {
			const closed = new Promise<void>(resolve => server.close(() => resolve()));
			sockets.forEach(socket => socket.destroy());
			await closed;
		},
	};
}
