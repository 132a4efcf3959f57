import { TransportError } from '../transport/transportError';
import { AnswerCollector } from './answerCollector';
import type { AnswerTarget } from './answerCollector';
import { AnswerScanner } from './answerScanner';
import type { AnswerKind } from './answerScanner';

/** What came of one answer. `collector` holds its pictures and facts. */
export interface ReadAnswer {
	readonly kind: AnswerKind;
	readonly collector: AnswerCollector;
	/** The beginning of an answer that is neither JSON nor a stream. */
	readonly head: Uint8Array;
	/** The body broke off. */
	readonly lost?: TransportError;
}

/**
 * Reads a body to its end, or until nothing more can come of it; the rest is not waited for. Pictures go to the spool as
 * they arrive. Rejects only when the spool fails; the connection is closed then too.
 */
export async function readAnswer(body: ReadableStream<Uint8Array> | null, target: AnswerTarget): Promise<ReadAnswer> {
	const collector = new AnswerCollector(target);
	const scanner = new AnswerScanner(collector);
	const reader = body?.getReader();
	let lost: TransportError | undefined;
	try {
		for (let isOver = !reader; reader && !isOver;) {
			const { done, value } = await reader.read();
			if (value) {
				scanner.push(value);
			}
			isOver = done || scanner.hasFailed || isEnough(scanner, collector);
			if (isOver) {
				scanner.finish();
			}
			await collector.settled();
		}
	} catch (error) {
		if (!(error instanceof TransportError)) {
			throw error;
		}
		lost = error;
	} finally {
		await reader?.cancel().catch(() => undefined); // a body that has failed can't be cancelled, and needn't be
		await collector.abandon();
	}
	return { kind: scanner.kind, collector, head: scanner.head, ...(lost ? { lost } : {}) };
}

/** Nothing is missing any more. Some hosts keep the connection open all the same, and a broken end would spoil a success. */
function isEnough(scanner: AnswerScanner, collector: AnswerCollector): boolean {
	return scanner.kind === 'events' ? collector.hasEnded : scanner.isClosed && collector.hasAllPictures;
}
