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
