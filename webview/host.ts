import { hostAnswer, viewEvent, type HostMethod, type HostParams, type ViewEvent } from '../src/protocol/messages';

/** The wire: how messages leave the page. */
export interface HostPort {
	postMessage(message: unknown): void;
}

interface Waiting {
	resolve(): void;
	reject(reason: Error): void;
}

/**
 * The page's end of the border. Calls wait as long as the extension takes (a dialog may be open for an hour), but can be
 * given up by a signal. Messages that are not strictly what the protocol says are dropped, and `onMistake` is told.
 */
export class Host {
	readonly #port: HostPort;
	readonly #onEvent: (event: ViewEvent) => void;
	readonly #onMistake: () => void;
	readonly #waiting = new Map<number, Waiting>();
	#lastId = 0;

	constructor(port: HostPort, onEvent: (event: ViewEvent) => void, onMistake: () => void) {
		this.#port = port;
		this.#onEvent = onEvent;
		this.#onMistake = onMistake;
	}

	/** Rejects with the extension's message when the call fails, and when `signal` is aborted. */
	call<M extends HostMethod>(method: M, params: HostParams<M>, signal?: AbortSignal): Promise<void> {
		return new Promise((resolve, reject) => {
			signal?.throwIfAborted();
			const id = ++this.#lastId;
			const end = (): void => {
				this.#waiting.delete(id);
				signal?.removeEventListener('abort', abort);
			};
			const abort = (): void => {
				end();
				reject(signal?.reason instanceof Error ? signal.reason : new Error('The call was given up.'));
			};
			signal?.addEventListener('abort', abort);
			this.#waiting.set(id, {
				resolve: () => {
					end();
					resolve();
				},
				reject: reason => {
					end();
					reject(reason);
				},
			});
			this.#port.postMessage({ id, method, params });
		});
	}

	/** Takes one message of the extension. */
	receive(message: unknown): void {
		const event = viewEvent.safeParse(message);
		if (event.success) {
			this.#onEvent(event.data);
			return;
		}
		const answer = hostAnswer.safeParse(message);
		if (!answer.success) {
			this.#onMistake();
			return;
		}
		// An answer to a call that was given up finds nobody, and need not.
		const waiting = this.#waiting.get(answer.data.id);
		if ('error' in answer.data) {
			waiting?.reject(new Error(answer.data.error));
		} else {
			waiting?.resolve();
		}
	}
}
