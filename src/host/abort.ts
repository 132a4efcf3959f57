import type { CancellationToken } from 'vscode';

/** Runs `work` with a signal that follows `token`, and stops listening when the work is over. */
export async function withAbortSignal<T>(token: CancellationToken, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
	const controller = new AbortController();
	const subscription = token.onCancellationRequested(() => controller.abort());
	if (token.isCancellationRequested) {
		controller.abort();
	}
	try {
		return await work(controller.signal);
	} finally {
		subscription.dispose();
	}
}

/** What `work` comes to, or `undefined` once `signal` is aborted; the work itself goes on unheard. */
export async function untilAborted<T>(signal: AbortSignal, work: Thenable<T>): Promise<T | undefined> {
	let stop = (): void => undefined;
	const aborted = new Promise<undefined>(resolve => {
		stop = () => resolve(undefined);
		signal.addEventListener('abort', stop, { once: true });
		if (signal.aborted) {
			stop();
		}
	});
	try {
		return await Promise.race([work, aborted]);
	} finally {
		signal.removeEventListener('abort', stop);
	}
}
