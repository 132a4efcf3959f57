import type * as z from 'zod/mini';
import { hostMethods, hostRequest, type HostHandlers, type HostMethod, type HostParams } from './messages';

/** The answer to one call of the page: its result, or a sentence about what went wrong. */
export type HostAnswer = { readonly id: number; readonly result: Record<string, never> } | { readonly id: number; readonly error: string };

/**
 * Answers one message of the page. A failure is answered too: a page must never wait for ever. `undefined` when the
 * message is no call at all, so that there is nobody to answer.
 */
export async function answer(
	handlers: HostHandlers,
	message: unknown,
	reportError: (error: unknown) => void,
): Promise<HostAnswer | undefined> {
	const received = readRequest(message);
	if (!received.success) {
		reportError(received.error);
		return undefined;
	}
	const { id, method, params } = received.data;
	try {
		if (!isHostMethod(method)) {
			throw new Error(`The panel asked for something unknown: ${method.slice(0, 40)}`);
		}
		return { id, result: await dispatch(handlers[method], method, params) };
	} catch (error) {
		reportError(error);
		return { id, error: error instanceof Error ? error.message : String(error) };
	}
}

/** What can't even be looked at, such as an object that throws when it is asked, is no call either. */
function readRequest(
	message: unknown,
): z.core.util.SafeParseResult<z.output<typeof hostRequest>> | { readonly success: false; readonly error: unknown } {
	try {
		return hostRequest.safeParse(message);
	} catch (error) {
		return { success: false, error };
	}
}

function isHostMethod(method: string): method is HostMethod {
	return Object.hasOwn(hostMethods, method);
}

async function dispatch<M extends HostMethod>(handle: HostHandlers[M], method: M, params: unknown): Promise<Record<string, never>> {
	const schema: { safeParse(value: unknown): z.core.util.SafeParseResult<HostParams<HostMethod>> } = hostMethods[method].params;
	const checked = schema.safeParse(params);
	if (!checked.success) {
		throw new Error(`The panel asked for ${method} in a way that was not understood.`, { cause: checked.error });
	}
	// The schema was picked by the same key as the type, which the compiler can't follow through a union of schemas.
	return handle(checked.data as HostParams<M>);
}
