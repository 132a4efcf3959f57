/**
 * The few web standards that the rules rely on, for the compiler alone: this folder sees neither the DOM's nor Node's
 * typings, so that neither can slip in.
 */
interface AbortSignal {
	readonly aborted: boolean;
	readonly reason: unknown;
	throwIfAborted(): void;
	addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
	removeEventListener(type: 'abort', listener: () => void): void;
}
declare class AbortController {
	readonly signal: AbortSignal;
	abort(reason?: unknown): void;
}
declare class URL {
	constructor(url: string, base?: string);
	static canParse(url: string, base?: string): boolean;
	readonly protocol: string;
	readonly username: string;
	readonly password: string;
	readonly host: string;
	readonly hostname: string;
	readonly port: string;
	readonly origin: string;
	readonly pathname: string;
	readonly search: string;
	readonly hash: string;
	readonly href: string;
}
