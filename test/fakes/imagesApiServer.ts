import * as http from 'http';
import type { IncomingMessage, ServerResponse } from 'http';
import * as https from 'https';
import type { AddressInfo, Socket } from 'node:net';
import { paint } from './imagesApi/answers';
import { azureModels, azureRoute, checkAzureAccess, checkAzureGeneration } from './imagesApi/azure';
import type { AzureOptions, AzureRoute } from './imagesApi/azure';
import { azureErrors, azureFilterResults } from './imagesApi/azureAnswers';
import type { Behaviour, Personality, RecordedRequest, Refusal } from './imagesApi/behaviour';
import { checkCompatibleGeneration, checkGeneration, checkKey, listedModels } from './imagesApi/rules';
import { pause, plainAnswer, sendSegments, stopsHere, streamedAnswer } from './imagesApi/wire';

export type { Behaviour, RecordedRequest } from './imagesApi/behaviour';

export interface ImagesApiServerOptions extends AzureOptions {
	readonly personality?: Personality;
	/** Keys that are accepted. Default: `test-key` for `openai` and `azure`; none needed for `compatible`. */
	readonly keys?: readonly string[];
	/** What the list of models holds. */
	readonly models?: readonly (string | { readonly id: string; readonly shutdown_date?: string | null })[];
	/** Speaks TLS with this key and certificate. */
	readonly tls?: { readonly key: string; readonly cert: string };
	/** What every request meets for which nothing else was ordered. */
	readonly usual?: Behaviour;
	/** 0, the default: any free port. */
	readonly port?: number;
}

/**
 * An Images API on loopback, over real HTTP. Without orders it behaves like OpenAI: it checks key and parameters, refuses
 * what the vendor refuses, paints real pictures, streams when asked to, and reports usage. As `azure` it is a resource with its
 * addresses and deployments (`AzureOptions`).
 *
 * `behave({…}, {…})` queues orders: each generation request takes the next one. What arrived stands in `requests`.
 */
export interface ImagesApiServer {
	/** Origin, such as `http://127.0.0.1:40123`. */
	readonly url: string;
	/** What a connection's `baseUrl` is: `url` with `/v1`, for `azure` with `/openai/v1`. */
	readonly baseUrl: string;
	/** Every request, oldest first. */
	readonly requests: readonly RecordedRequest[];
	/** Generation requests that a real host would have processed and billed. */
	readonly accepted: readonly RecordedRequest[];
	/** How many connections are open. */
	readonly open: number;
	behave(...behaviours: readonly Behaviour[]): void;
	/** Forgets requests and orders. */
	reset(): void;
	/** Ends every connection, hanging ones too. */
	close(): Promise<void>;
}

/** What is asked for at an address. */
interface Route {
	readonly asks: 'generations' | 'models';
	readonly azure?: AzureRoute;
}

/** Starts a server; it listens when the promise resolves. */
export async function startImagesApiServer(options: ImagesApiServerOptions = {}): Promise<ImagesApiServer> {
	const fake = new FakeImagesApi(options);
	await fake.listen();
	return fake;
}

class FakeImagesApi implements ImagesApiServer {
	readonly #options: ImagesApiServerOptions;
	readonly #server: http.Server;
	readonly #queue: Behaviour[] = [];
	readonly #connections = new Map<Socket, number>();
	#requests: RecordedRequest[] = [];
	#connectionCount = 0;
	#pictures = new Map<string, Buffer>();

	constructor(options: ImagesApiServerOptions) {
		this.#options = options;
		const listener = (request: IncomingMessage, response: ServerResponse) => void this.#answer(request, response);
		this.#server = options.tls ? https.createServer(options.tls, listener) : http.createServer(listener);
		this.#server.requestTimeout = 0;
		this.#server.on(options.tls ? 'secureConnection' : 'connection', (socket: Socket) => {
			this.#connections.set(socket, ++this.#connectionCount);
			socket.on('error', () => undefined); // torn connections are what the fake is for
			socket.once('close', () => this.#connections.delete(socket));
		});
	}

	get url(): string {
		const { port } = this.#server.address() as AddressInfo;
		return `${this.#options.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
	}

	get baseUrl(): string {
		return `${this.url}${this.#options.personality === 'azure' ? '/openai/v1' : '/v1'}`;
	}

	get requests(): readonly RecordedRequest[] {
		return this.#requests;
	}

	get accepted(): readonly RecordedRequest[] {
		return this.#requests.filter(request => request.isAccepted);
	}

	get open(): number {
		return this.#connections.size;
	}

	async listen(): Promise<void> {
		await new Promise<void>((resolve, reject) => {
			this.#server.once('error', reject);
			this.#server.listen(this.#options.port ?? 0, '127.0.0.1', resolve);
		});
	}

	behave(...behaviours: readonly Behaviour[]): void {
		this.#queue.push(...behaviours);
	}

	reset(): void {
		this.#requests = [];
		this.#queue.length = 0;
		this.#pictures.clear();
	}

	async close(): Promise<void> {
		const closed = new Promise<void>(resolve => this.#server.close(() => resolve()));
		for (const socket of this.#connections.keys()) {
			socket.destroy();
		}
		await closed;
	}

	async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const record = this.#record(request, response);
		try {
			const body = await readBody(request);
			Object.assign(record, { body });
			await this.#route(record, response);
		} catch (error) {
			if (!response.destroyed && !request.destroyed) {
				throw error;
			}
			// The client went away while its request was read; the record says so.
		}
	}

	#record(request: IncomingMessage, response: ServerResponse): RecordedRequest {
		const record: RecordedRequest = {
			method: request.method ?? '',
			path: request.url ?? '',
			headers: request.headers,
			body: undefined,
			arrivedAt: performance.now(),
			connection: this.#connections.get(request.socket) ?? 0,
			isAccepted: false,
			closedEarlyAt: undefined,
			finishedAt: undefined,
			status: 0,
			requestId: `req_${(this.#requests.length + 1).toString().padStart(6, '0')}`,
			apimRequestId: `00000000-0000-4000-8000-${(this.#requests.length + 1).toString().padStart(12, '0')}`,
		};
		this.#requests.push(record);
		response.once('finish', () => (record.finishedAt = performance.now()));
		response.once('close', () => (record.closedEarlyAt = response.writableFinished ? undefined : performance.now()));
		return record;
	}

	async #route(record: RecordedRequest, response: ServerResponse): Promise<void> {
		const url = new URL(record.path, this.url);
		const picture = this.#pictures.get(url.pathname);
		if (record.method === 'GET' && picture) {
			this.#respond(record, response, { status: 200, body: picture }, { 'content-type': 'application/octet-stream' });
			return;
		}
		const route = this.#routeOf(record.method, url);
		const behaviour = route?.asks === 'generations' ? { ...this.#options.usual, ...this.#queue.shift() } : {};
		if (behaviour.body !== undefined || behaviour.status !== undefined) {
			await this.#answerAsOrdered(record, response, behaviour);
			return;
		}
		const refusal = this.#checkAccess(record, route);
		if (refusal) {
			this.#respond(record, response, refusal);
		} else if (route?.asks === 'generations') {
			await this.#generate(record, response, behaviour, route.azure);
		} else if (route) {
			this.#respond(record, response, { status: 200, body: { object: 'list', data: this.#models() } });
		} else {
			this.#respond(record, response, this.#nothingAt(`${record.method} ${url.pathname}`));
		}
	}

	#routeOf(method: string, url: URL): Route | undefined {
		if (this.#options.personality === 'azure') {
			const azure = azureRoute(method, url, this.#options);
			return azure && { asks: azure.asks, azure };
		}
		if (method === 'POST' && url.pathname === '/v1/images/generations') {
			return { asks: 'generations' };
		}
		return method === 'GET' && url.pathname === '/v1/models' ? { asks: 'models' } : undefined;
	}

	#checkAccess({ headers }: RecordedRequest, route: Route | undefined): Refusal | undefined {
		const { personality = 'openai', keys = personality === 'compatible' ? [] : ['test-key'] } = this.#options;
		if (personality !== 'azure') {
			return checkKey(headers, keys, personality);
		}
		return route?.azure && checkAzureAccess(headers, route.azure, keys, this.#options);
	}

	#models(): readonly object[] {
		const usual = this.#options.personality === 'azure' ? azureModels(this.#options) : listedModels;
		return (this.#options.models ?? usual).map(model => ({
			object: 'model',
			created: 1763600000,
			owned_by: 'fake',
			...(typeof model === 'string' ? { id: model } : model),
		}));
	}

	#nothingAt(place: string): Refusal {
		const body = { error: { message: `Invalid URL (${place})`, type: 'invalid_request_error', param: null, code: null } };
		return this.#options.personality === 'azure' ? azureErrors.notFound : { status: 404, body };
	}

	async #answerAsOrdered(record: RecordedRequest, response: ServerResponse, behaviour: Behaviour): Promise<void> {
		record.isAccepted = (behaviour.status ?? 200) === 200;
		await pause(behaviour.delayMs ?? 0, response);
		if (!response.destroyed && !stopsHere(response, 'beforeHeaders', behaviour)) {
			this.#respond(record, response, { status: behaviour.status ?? 200, body: behaviour.body ?? '' }, behaviour.headers);
		}
	}

	async #generate(record: RecordedRequest, response: ServerResponse, behaviour: Behaviour, azure?: AzureRoute): Promise<void> {
		const body = record.body ?? {};
		const refusal = this.#checkBody(body, record, azure);
		if (refusal) {
			this.#respond(record, response, refusal);
			return;
		}
		record.isAccepted = true;
		await pause(behaviour.delayMs ?? 0, response);
		if (response.destroyed || stopsHere(response, 'beforeHeaders', behaviour)) {
			return;
		}
		const isSmall = this.#options.personality === 'compatible';
		const omit = isSmall ? ['usage', 'background', 'output_format', 'quality', 'size'] : [];
		const effective = { ...(azure ? { beside: azureFilterResults } : {}), ...behaviour, omit: behaviour.omit ?? omit };
		// Azure's default (Microsoft Learn, read 2026-11-20).
		const painting = paint(azure ? { quality: 'high', ...body } : body, effective);
		const isStream = !isSmall && body.stream === true;
		record.status = 200;
		response.writeHead(200, {
			'content-type': isStream ? 'text/event-stream; charset=utf-8' : 'application/json',
			...this.#idsOf(record),
			...behaviour.headers,
		});
		response.flushHeaders();
		if (!stopsHere(response, 'afterHeaders', behaviour)) {
			const address = (index: number) => this.#addressOf(record, painting.pictures[index], index, behaviour.as);
			const segments = isStream ? streamedAnswer(painting, effective) : plainAnswer(painting, effective, address);
			await sendSegments(response, segments, behaviour);
		}
	}

	#checkBody(body: Readonly<Record<string, unknown>>, { headers }: RecordedRequest, azure?: AzureRoute): Refusal | undefined {
		if (azure) {
			return checkAzureGeneration(body, headers, azure, this.#options);
		}
		return this.#options.personality === 'compatible' ? checkCompatibleGeneration(body) : checkGeneration(body, headers);
	}

	#idsOf({ requestId, apimRequestId }: RecordedRequest): Readonly<Record<string, string>> {
		const ofGateway = { 'apim-request-id': apimRequestId, 'x-ms-region': 'Sweden Central' };
		return { 'x-request-id': requestId, ...(this.#options.personality === 'azure' ? ofGateway : {}) };
	}

	#respond(
		record: RecordedRequest,
		response: ServerResponse,
		{ status, body }: Refusal,
		headers: Readonly<Record<string, string>> = {},
	): void {
		const isJson = typeof body !== 'string' && !(body instanceof Uint8Array);
		record.status = status;
		response.writeHead(status, {
			'content-type': isJson ? 'application/json' : 'text/plain; charset=utf-8',
			...this.#idsOf(record),
			...headers,
		});
		response.end(isJson ? JSON.stringify(body) : body);
	}

	#addressOf(record: RecordedRequest, picture: Buffer | undefined, index: number, as: Behaviour['as']): string {
		const path = `/pictures/${record.requestId}/${index}`;
		this.#pictures.set(path, picture ?? Buffer.alloc(0));
		switch (as) {
			case 'relativeUrl':
				return path;
			case 'otherOriginUrl':
				return `${this.url.replace('127.0.0.1', 'localhost')}${path}`;
			default:
				return `${this.url}${path}`;
		}
	}
}

async function readBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>> | undefined> {
	const chunks: Buffer[] = [];
	for await (const chunk of request as AsyncIterable<Buffer>) {
		chunks.push(chunk);
	}
	const text = Buffer.concat(chunks).toString();
	try {
		const body: unknown = text === '' ? undefined : JSON.parse(text);
		return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : undefined;
	} catch {
		return undefined; // not JSON: the rules refuse it
	}
}
