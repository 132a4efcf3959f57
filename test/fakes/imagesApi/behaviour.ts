import type { IncomingHttpHeaders } from 'http';

/** Where a connection is torn (`reset`), ended cleanly but too early (`cut`), or left open in silence for ever (`hang`). */
export type Moment = 'beforeHeaders' | 'afterHeaders' | 'midPartial' | 'midPicture' | 'beforeFinal' | 'beforeDone';

/** What the server does instead of, or besides, answering one request well. All keys can be combined. */
export interface Behaviour {
	/** Milliseconds before the answer's headers. */
	readonly delayMs?: number;
	/** Milliseconds between chunks of the body, and between the events of a stream. */
	readonly paceMs?: number;
	/** Bytes per chunk of the body; default: one chunk per 64 KiB. */
	readonly chunkBytes?: number;
	/** Answers with this status instead of 200. Without `body`, the body is empty. */
	readonly status?: number;
	/** Additional headers; they win over the server's own. */
	readonly headers?: Readonly<Record<string, string>>;
	/** The whole body: a string or bytes as they are, anything else as JSON. No request is checked then. */
	readonly body?: unknown;
	/** Closes the socket with RST. */
	readonly reset?: Moment;
	/** Ends the answer as if it were whole. */
	readonly cut?: Moment;
	/** Never goes on; `close()` of the server or the client ends it. */
	readonly hang?: Moment;
	/** Says nothing for so many milliseconds, once, and then goes on. (Before the headers it is `delayMs`.) */
	readonly silence?: { readonly at: Exclude<Moment, 'beforeHeaders' | 'afterHeaders'>; readonly ms: number };
	/** Stream: ends with this object as `data:` instead of the final event, on HTTP 200. */
	readonly errorEvent?: unknown;
	/** The bytes of every final picture. `truncated`: a valid picture without its last quarter. */
	readonly picture?: Uint8Array | 'truncated' | 'html' | 'svg' | 'text';
	/** Paints pictures of this file size (PNG only). */
	readonly pictureBytes?: number;
	/** Paints in this format whatever was asked for. */
	readonly format?: 'png' | 'jpeg' | 'webp';
	/** Paints at this size whatever was asked for. */
	readonly size?: string;
	/** Answers with so many pictures whatever was asked for. */
	readonly candidates?: number;
	/** Leaves these fields out of the answer. */
	readonly omit?: readonly string[];
	/** Sends so many partial pictures whatever was asked for. */
	readonly partials?: number;
	/** How pictures are given; a compatible server may answer with addresses. Default `b64_json`. */
	readonly as?: 'b64_json' | 'dataUrl' | 'url' | 'relativeUrl' | 'otherOriginUrl';
	/** Puts the event's type behind its picture and leaves the `event:` line out, as some gateways do. */
	readonly typeLast?: boolean;
	/** Leaves `data: [DONE]` out. */
	readonly noDone?: boolean;
	/** Fields that stand beside each picture of a plain answer. */
	readonly beside?: Readonly<Record<string, unknown>>;
}

/** One request as it arrived. Times are `performance.now()` of this process. */
export interface RecordedRequest {
	readonly method: string;
	readonly path: string;
	readonly headers: IncomingHttpHeaders;
	/** The parsed JSON body; `undefined` when there is none. */
	readonly body: Readonly<Record<string, unknown>> | undefined;
	readonly arrivedAt: number;
	/** Which TCP connection carried it; two equal numbers mean that a socket was used twice. */
	readonly connection: number;
	/** The rules were met: a real host would now paint, and bill. */
	isAccepted: boolean;
	/** When the client closed before the answer was over. */
	closedEarlyAt: number | undefined;
	/** When the answer was over. */
	finishedAt: number | undefined;
	/** Status that was answered; 0 until then. */
	status: number;
	requestId: string;
	/** The number that Azure's gateway gives it. */
	readonly apimRequestId: string;
}

/** How the server presents itself. `openai` and `azure` refuse what those refuse; `compatible` is a small local server. */
export type Personality = 'openai' | 'azure' | 'compatible';

/** An answer that refuses a request. */
export interface Refusal {
	readonly status: number;
	readonly body: unknown;
}
