import http from 'http';
import https from 'https';
import { randomBytes } from 'node:crypto';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'http';
import type { Socket } from 'node:net';
import type { TransportOptions } from './transport';
import { asTransportError, TransportError } from './transportError';

/** A connection that isn't there after this time is given up; the request has not left then. */
const connectTimeoutMs = 30_000;
/** How soon the system asks a silent peer whether it is still there. */
const tcpKeepAliveMs = 30_000;

/** One request and its answer: from the first look-up of the host's name to the last byte. */
export class Exchange {
	readonly #options: TransportOptions;
	readonly #signals: readonly AbortSignal[];
	#deadline: NodeJS.Timeout | undefined;
	#connectTimer: NodeJS.Timeout | undefined;
	#request: ClientRequest | undefined;
	#message: IncomingMessage | undefined;
	#hasLeft = false;
	#isOver = false;
	/** Whoever waits: first the caller of `run`, then the reader of the body. */
	#reject: (error: TransportError) => void = () => undefined;

	constructor(options: TransportOptions, signal: AbortSignal | undefined) {
		this.#options = options;
		this.#signals = signal ? [options.signal, signal] : [options.signal];
	}

	/** Resolves when the headers are there. The body arrives as it is read. */
	run(url: URL, method: string, headers: Headers, body: Uint8Array | undefined): Promise<Response> {
		return new Promise<Response>((resolve, reject) => {
			this.#reject = reject;
			if (this.#signals.some(signal => signal.aborted)) {
				this.#fail(new TransportError('aborted', false));
				return;
			}
			this.#signals.forEach(signal => signal.addEventListener('abort', this.#onAbort, { once: true }));
			this.#deadline = setTimeout(() => this.#fail(new TransportError('timeout', this.#hasLeft)), this.#options.timeoutMs);
			const request = open(url, method, headers, body);
			this.#request = request;
			request.on('socket', socket => this.#watch(socket, url.protocol === 'https:'));
			request.on('error', error => this.#fail(asTransportError(error, this.#hasLeft)));
			request.on('response', message => this.#onResponse(message, resolve));
			request.on('upgrade', (_message, socket) => {
				socket.destroy();
				this.#fail(new TransportError('lost', true, { code: 'HTTP 101' }));
			});
			request.end(body);
		});
	}

	readonly #onAbort = () => this.#fail(new TransportError('aborted', this.#hasLeft));

	#watch(socket: Socket, isSecure: boolean): void {
		socket.setKeepAlive(true, tcpKeepAliveMs);
		if (this.#isOver) {
			socket.destroy();
			return;
		}
		if (isSecure && !('encrypted' in socket)) {
			return; // a proxy's refusal, replayed on a stand-in for a socket: the host never sees the request
		}
		if (isSecure ? 'secureConnecting' in socket && !socket.secureConnecting : !socket.connecting) {
			this.#leave();
			return;
		}
		this.#connectTimer = setTimeout(
			() => this.#fail(new TransportError('connect', false, { code: 'ETIMEDOUT' })),
			Math.min(connectTimeoutMs, this.#options.timeoutMs),
		);
		socket.once(isSecure ? 'secureConnect' : 'connect', () => this.#leave());
	}

	#leave(): void {
		clearTimeout(this.#connectTimer);
		if (!this.#isOver && !this.#hasLeft) {
			this.#hasLeft = true;
			this.#options.onLeft?.();
		}
	}

	#onResponse(message: IncomingMessage, resolve: (response: Response) => void): void {
		this.#message = message;
		const { statusCode: status = 0 } = message;
		const encoding = message.headers['content-encoding']?.trim().toLowerCase() ?? '';
		const isReadable = encoding === '' || encoding === 'identity';
		if (!this.#hasLeft) {
			this.#fail(new TransportError('proxy', false, { code: String(status) }));
		} else if (status < 200 || status > 599) {
			this.#fail(new TransportError('lost', true, { code: `HTTP ${status}` }));
		} else if (!isReadable && status < 400) {
			this.#fail(new TransportError('encoding', true, { code: encoding.slice(0, 40) }));
		} else {
			const body = this.#stream(message);
			// Of a refusal whose words can't be read the status still tells enough.
			const hasNoBody = status === 204 || status === 205 || status === 304 || !isReadable;
			if (hasNoBody) {
				this.#finish();
			}
			resolve(new Response(hasNoBody ? null : body, { status, headers: answerHeaders(message) }));
		}
	}

	#stream(message: IncomingMessage): ReadableStream<Uint8Array> {
		const start = (controller: ReadableStreamDefaultController<Uint8Array>) => {
			this.#reject = error => controller.error(error);
			message.on('data', (chunk: Uint8Array) => {
				controller.enqueue(chunk);
				if ((controller.desiredSize ?? 0) <= 0) {
					message.pause();
				}
			});
			message.on('end', () => {
				if (!this.#isOver) {
					this.#finish();
					controller.close();
				}
			});
			message.on('error', error => this.#fail(asTransportError(error, true)));
			message.on('close', () => this.#fail(new TransportError('lost', true)));
		};
		return new ReadableStream<Uint8Array>(
			{ start, pull: () => void message.resume(), cancel: () => this.#finish() },
			{ highWaterMark: 4 },
		);
	}

	#fail(error: TransportError): void {
		if (!this.#isOver) {
			this.#finish();
			this.#reject(error);
		}
	}

	/** Lets go of everything; a socket that is still open is closed. */
	#finish(): void {
		this.#isOver = true;
		clearTimeout(this.#deadline);
		clearTimeout(this.#connectTimer);
		this.#signals.forEach(signal => signal.removeEventListener('abort', this.#onAbort));
		this.#message?.destroy();
		this.#request?.destroy();
		this.#request?.socket?.destroy();
	}
}

function open(url: URL, method: string, headers: Headers, body: Uint8Array | undefined): ClientRequest {
	const options: RequestOptions = {
		method,
		headers: {
			...Object.fromEntries(headers),
			connection: 'close',
			'accept-encoding': 'identity',
			...(body ? { 'content-length': String(body.byteLength) } : {}),
		},
	};
	if (url.protocol === 'https:') {
		// The agent must stay undefined: VS Code puts its proxy agent there, which ends at the shared one with its kept-alive
		// sockets. A session context of our own gives us a drawer of our own there, so that no used socket comes out of it.
		// A variable such as NODE_TLS_REJECT_UNAUTHORIZED, set for something else long ago, must not let a stranger hear the key.
		return https.request(url, { ...options, rejectUnauthorized: true, sessionIdContext: randomBytes(16).toString('hex') });
	}
	// Plain http goes to this machine only, where no proxy takes part.
	return http.request(url, { ...options, agent: new http.Agent({ keepAlive: false }) });
}

function answerHeaders(message: IncomingMessage): Headers {
	const headers = new Headers();
	for (let index = 0; index + 1 < message.rawHeaders.length; index += 2) {
		try {
			headers.append(message.rawHeaders[index] ?? '', message.rawHeaders[index + 1] ?? '');
		} catch {
			// A header that `Headers` does not allow can't be one that we read.
		}
	}
	return headers;
}
